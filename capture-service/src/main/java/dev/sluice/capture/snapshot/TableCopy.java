package dev.sluice.capture.snapshot;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.row.SelectedRow;
import dev.sluice.change.config.CopyCondition;
import dev.sluice.change.config.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies one table, a chunk at a time: notes what the binlog changes, makes sure that a query sees all before that, reads
 * rows, waits until the binlog is read up to behind what the query saw, and gives on the rows that did not change
 * meanwhile. What changed is in the log anyway. Not thread-safe.
 */
final class TableCopy {
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final String BEHIND = "the capture is more than " + CATCH_UP.toSeconds() + " s behind the source";
    private static final String NO_KEY = "it has no primary key and no unique key of NOT NULL columns";
    private static final int KEYS = 500;

    private final CopySource source;
    private final SnapshotGate gate;
    private final TableName name;
    private final Snapshot.Tables wanted;
    private final WholeCopy whole;
    /** Why the table cannot be copied whole. */
    private final @Nullable String notWhole;

    private @Nullable SourceTable table;
    private @Nullable SelectedRow reader;
    private @Nullable ChunkSize size;
    private long schemaChanges = -1;
    private int asked;

    /**
     * A copy that has read nothing yet.
     *
     * @param notWhole why the targets' tables must not be emptied for it; null if they may
     */
    TableCopy(CopySource source, SnapshotGate gate, TableName name, Snapshot.Tables wanted, @Nullable String notWhole) {
        this.source = source;
        this.gate = gate;
        this.name = name;
        this.wanted = wanted;
        this.notWhole = notWhole;
        whole = new WholeCopy(source, gate);
    }

    /**
     * Reads the next chunk and has it written.
     *
     * @param after key of the last row before it; with a list of keys, how many of them are done
     * @param most rows wanted
     * @return why the chunk was not used and is to be read again; null if it was written
     * @throws CannotCopy if the table cannot be copied
     */
    @Nullable
    String next(@Nullable List<String> after, int most, Written written) throws IOException, InterruptedException {
        if (whole.underWay()) {
            return whole.next(Objects.requireNonNull(table), Objects.requireNonNull(reader), most, written);
        }
        ReadView view = source.view();
        SourceTable now = prepare(view.connection());
        if (now.key().isEmpty()) {
            requireWhole(now);
            return whole.begin(
                    now, new ChunkQuery(now).all(Objects.requireNonNull(reader).expressions()));
        }
        ChunkWindow window = new ChunkWindow(now);
        // also keeps chunks behind whatever an earlier owner of the log can have written
        FilePosition present = view.endOfLog();
        Place low;
        gate.enterInterruptibly();
        try {
            if (!gate.await(present.file(), present.offset(), CATCH_UP)) {
                return BEHIND;
            }
            if (gate.schemaChanges() != schemaChanges) {
                return "tables changed";
            }
            low = gate.open(window);
        } finally {
            gate.leave();
        }
        try {
            Chunk chunk = read(view, now, low, after, most);
            FilePosition high = view.endOfLog();
            gate.enterInterruptibly();
            try {
                if (!gate.await(high.file(), high.offset(), CATCH_UP)) {
                    return BEHIND;
                }
                if (window.broken() != null) {
                    size().failed();
                    return window.broken();
                }
                if (chunk.changedPartly(window)) {
                    size().failed();
                    return "the binlog holds only some columns of a row that changed meanwhile";
                }
                written.write(chunk, window, progress(chunk, after));
                return null;
            } finally {
                gate.close(window);
                gate.leave();
            }
        } finally {
            gate.enter();
            gate.close(window);
            gate.leave();
        }
    }

    private void requireWhole(SourceTable now) {
        if (wanted.where() != null || wanted.keys() != null) {
            throw new CannotCopy(NO_KEY + ", so that it is copied as a whole: leave out where and keys");
        }
        if (!now.views()) {
            throw new CannotCopy(NO_KEY + " and is not of InnoDB, so that it changes while it is read: give it a key");
        }
        if (notWhole != null) {
            throw new CannotCopy(
                    NO_KEY + ", so that its copy begins with emptying the target's table, but " + notWhole);
        }
    }

    /** Whether the binlog is not read on until the table is copied. */
    boolean holds() {
        return whole.holds();
    }

    /** Gives up what was begun. */
    void close() {
        whole.close();
    }

    private SourceTable prepare(SourceConnection connection) throws IOException, InterruptedException {
        long changes;
        gate.enterInterruptibly();
        try {
            changes = gate.schemaChanges();
        } finally {
            gate.leave();
        }
        SourceTable known = table;
        if (known == null || changes != schemaChanges) {
            known = SourceTables.of(connection, name);
            try {
                reader = new SelectedRow(known.shape());
            } catch (IllegalArgumentException e) {
                throw new CannotCopy(String.valueOf(e.getMessage()));
            }
            size = size == null ? new ChunkSize(known.rowBytes()) : size;
            table = known;
            schemaChanges = changes;
        }
        return known;
    }

    private Chunk read(ReadView view, SourceTable now, Place low, @Nullable List<String> after, int most)
            throws IOException, InterruptedException {
        SelectedRow rows = Objects.requireNonNull(reader);
        ChunkQuery query = new ChunkQuery(now);
        asked = Math.min(most, size().rows());
        String sql = wanted.keys() == null
                ? query.following(rows.expressions(), where(), after, asked)
                : query.of(rows.expressions(), keys(wanted.keys(), done(after)));
        Chunk chunk = new Chunk(now, rows);
        view.await(low);
        try {
            long began = System.nanoTime();
            view.connection().rows(sql, chunk::add);
            if (wanted.keys() == null) {
                size().took(chunk.size(), Duration.ofNanos(System.nanoTime() - began), chunk.cut());
            } else if (chunk.cut()) {
                throw new CannotCopy("the rows of " + KEYS + " keys are too large; use a where condition");
            }
        } finally {
            view.end();
        }
        return chunk;
    }

    private Progress progress(Chunk chunk, @Nullable List<String> after) {
        if (wanted.keys() != null) {
            int done = Math.min(done(after) + KEYS, wanted.keys().size());
            return new Progress(
                    chunk.size(),
                    List.of(String.valueOf(done)),
                    done == wanted.keys().size(),
                    false);
        }
        return new Progress(chunk.size(), chunk.lastKey(), !chunk.cut() && chunk.size() < asked, false);
    }

    private static int done(@Nullable List<String> after) {
        return after == null ? 0 : Integer.parseInt(after.get(0));
    }

    private static List<List<String>> keys(List<List<String>> all, int done) {
        return all.subList(done, Math.min(all.size(), done + KEYS));
    }

    private @Nullable String where() {
        return wanted.where() == null ? null : CopyCondition.sql(wanted.where());
    }

    private ChunkSize size() {
        return Objects.requireNonNull(size);
    }

    /**
     * What a chunk has brought.
     *
     * @param after where the next one begins
     * @param end whether there is none
     * @param anew whether what was copied of the table before does not count
     */
    record Progress(int rows, @Nullable List<String> after, boolean end, boolean anew) {}

    /** Takes a chunk, inside the gate and at a place of the log that is behind all that the chunk saw. */
    interface Written {
        void write(Chunk chunk, ChunkWindow window, Progress progress) throws IOException;
    }
}
