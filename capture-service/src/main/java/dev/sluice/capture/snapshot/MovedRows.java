package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.message.SnapshotLine.Again;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys of rows of one table that are to be copied (again) because the binlog holds only some columns of what became of them:
 * of each row that got another key since the table's copy began, which could have moved behind the place of the copy, and of
 * those that changed while a chunk was read. Guarded by the gate's lock.
 */
final class MovedRows {
    /** They stand in the log with each move. */
    private static final int MOST = 1_000;

    private final String schema;
    private final String table;
    private final List<String> key;
    private final Set<List<String>> waiting = new LinkedHashSet<>();
    /** Taken to be copied, and not yet written. */
    private final Set<List<String>> underWay = new LinkedHashSet<>();

    /** So many that the table has to be copied from its beginning. */
    private boolean tooMany;

    private boolean tooManyAgain;
    private @Nullable TableShape shape;
    private int[] ordinals = {};

    /** None yet, of a table with the columns of its key. */
    MovedRows(String schema, String table, List<String> key) {
        this.schema = schema;
        this.table = table;
        this.key = key;
    }

    /** Of a table whose key is another one now: it is copied from its beginning. */
    static MovedRows rekeyed(String schema, String table, List<String> key) {
        MovedRows rows = new MovedRows(schema, table, key);
        rows.tooMany = true;
        return rows;
    }

    /** Those that the log tells of. */
    static MovedRows of(Again known) {
        MovedRows rows = new MovedRows(known.schema(), known.table(), known.key());
        rows.waiting.addAll(known.keys());
        rows.tooMany = known.all();
        return rows;
    }

    Again line(int part) {
        List<List<String>> all = new ArrayList<>(underWay);
        all.addAll(waiting);
        return new Again(part, schema, table, key, all, tooMany);
    }

    List<String> key() {
        return key;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && underWay.isEmpty() && !tooMany;
    }

    /** Whether the table has to be copied from its beginning; if so, only what moves from now on counts. */
    boolean beginAnew() {
        if (tooMany) {
            waiting.clear();
            underWay.clear();
            tooManyAgain = false;
        }
        return tooMany;
    }

    /** Notes the row if it has moved; whether it has. */
    boolean row(TableShape changedTable, DecodedRow row) {
        if (!row.partial() || row.op() != RowOp.UPDATE || changedTable != shape && !opens(changedTable)) {
            return false;
        }
        for (int ordinal : ordinals) {
            if (row.changed(ordinal) || row.written(ordinal)) {
                add(cells(row, ordinals));
                return true;
            }
        }
        return false;
    }

    private boolean opens(TableShape other) {
        if (!other.schema().equals(schema) || !other.table().equals(table)) {
            return false;
        }
        boolean keyed = other.columns().stream()
                .map(ColumnShape::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet())
                .containsAll(
                        key.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
        // else a statement has changed the key, and the table is copied from its beginning
        ordinals = keyed ? SourceTable.ordinals(other.columns(), key) : new int[0];
        shape = other;
        return true;
    }

    /** Adds a key. */
    void add(List<String> cells) {
        if (waiting.size() < MOST) {
            waiting.add(cells);
        } else {
            tooManyAgain |= tooMany;
            tooMany = true;
        }
    }

    /** Some that are to be copied now: until {@link #written}, or {@link #again()} if that is in vain. */
    List<List<String>> take(int most) {
        for (Iterator<List<String>> next = waiting.iterator(); next.hasNext() && underWay.size() < most; ) {
            underWay.add(next.next());
            next.remove();
        }
        return List.copyOf(underWay);
    }

    /** They are in the log, or the first chunk of the table is. */
    void written(boolean anew) {
        underWay.clear();
        if (anew) {
            tooMany = tooManyAgain;
        }
    }

    void again() {
        waiting.addAll(underWay);
        underWay.clear();
    }

    /** The cells of a row's key as the row line has them. */
    static List<String> cells(DecodedRow row, int[] ordinals) {
        List<String> cells = new ArrayList<>(ordinals.length);
        for (int ordinal : ordinals) {
            int from = row.cellStart(ordinal);
            cells.add(new String(row.bytes(), from, row.cellEnd(ordinal) - from, StandardCharsets.UTF_8));
        }
        return List.copyOf(cells);
    }
}
