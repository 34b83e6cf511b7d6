package dev.sluice.capture.filter;

import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.ChangeKind;
import dev.sluice.change.config.ReservedSchemas;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a filter makes of one table, worked out once for each shape of it. Immutable. */
public final class TableRule {
    /** What a table holds. */
    public enum Kind {
        DATA,
        /** Tables that are filtered out, and the server's and Sluice's own: never sent. */
        LEFT_OUT,
        /** The mark that an apply service writes first in each of its transactions; never sent. */
        WATERMARK,
        /** Rows that show how far the source has come; never sent. */
        HEARTBEAT
    }

    private static final String WATERMARK_TABLE = "sluice_watermark";
    private static final String HEARTBEAT_TABLE = "sluice_heartbeat";
    /** Beside the watermarks, whose schema is a setting. */
    private static final Set<String> BESIDE_WATERMARKS = Set.of("sluice_parked", "sluice_suspended", "sluice_ddl");

    private final Kind kind;
    private final TableShape shape;
    private final CaptureFilter filter;
    /** Ordinals of the columns that stay; null for all. */
    private final int @Nullable [] kept;

    private TableRule(Kind kind, TableShape shape, CaptureFilter filter, int @Nullable [] kept) {
        this.kind = kind;
        this.shape = kept == null ? shape : shape.keep(kept);
        this.filter = filter;
        this.kept = kept;
    }

    /**
     * The rule for a table.
     *
     * @throws FilterRefused if the filter leaves out a column of the primary key, or all columns
     */
    public static TableRule of(TableShape shape, CaptureFilter filter) {
        Kind kind = kind(shape.schema(), shape.table(), filter);
        return new TableRule(kind, shape, filter, kind == Kind.DATA ? kept(shape, filter) : null);
    }

    /** What a filter makes of a table by its name. */
    public static Kind kind(String schema, String table, CaptureFilter filter) {
        if (table.equalsIgnoreCase(WATERMARK_TABLE)) {
            return Kind.WATERMARK;
        }
        if (ReservedSchemas.has(schema)) {
            return table.equalsIgnoreCase(HEARTBEAT_TABLE) ? Kind.HEARTBEAT : Kind.LEFT_OUT;
        }
        boolean ours = BESIDE_WATERMARKS.contains(table.toLowerCase(Locale.ROOT));
        return !ours && filter.takes(schema, table) ? Kind.DATA : Kind.LEFT_OUT;
    }

    private static int @Nullable [] kept(TableShape shape, CaptureFilter filter) {
        int[] kept = IntStream.range(0, shape.columns().size())
                .filter(ordinal -> takes(filter, shape, ordinal))
                .toArray();
        if (kept.length == 0) {
            throw new FilterRefused("capture.filter.excludeColumns leaves no column of " + shape
                    + "; leave the table out with capture.filter.exclude instead");
        }
        for (int ordinal : shape.primaryKey()) {
            if (!takes(filter, shape, ordinal)) {
                ColumnShape column = shape.columns().get(ordinal);
                throw new FilterRefused("capture.filter.excludeColumns leaves out column " + column.name()
                        + ", which belongs to the primary key of " + shape
                        + "; its rows could not be told apart: take it out of the rule, or leave the table out");
            }
        }
        return kept.length == shape.columns().size() ? null : kept;
    }

    private static boolean takes(CaptureFilter filter, TableShape shape, int ordinal) {
        return filter.takes(
                shape.schema(), shape.table(), shape.columns().get(ordinal).name());
    }

    public Kind kind() {
        return kind;
    }

    /** The table as it goes on, without the columns left out. */
    public TableShape shape() {
        return shape;
    }

    /** Whether rows with such a change have to be decoded. */
    public boolean takes(RowOp op) {
        return switch (kind) {
            case DATA ->
                filter.takes(
                        switch (op) {
                            case INSERT -> ChangeKind.INSERT;
                            case UPDATE -> ChangeKind.UPDATE;
                            case DELETE -> ChangeKind.DELETE;
                        });
            case WATERMARK -> true;
            case HEARTBEAT -> op != RowOp.DELETE;
            case LEFT_OUT -> false;
        };
    }

    /** Whether anything of a row goes on: an update may change nothing but columns that do not. */
    public boolean leaves(DecodedRow row) {
        if (kept == null || row.op() != RowOp.UPDATE) {
            return true;
        }
        for (int ordinal : kept) {
            if (row.changed(ordinal) || row.written(ordinal)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the cells out of a row that do not go on; false if it then changes nothing. */
    public boolean trim(DecodedRow row) {
        return kept == null || row.keep(kept);
    }
}
