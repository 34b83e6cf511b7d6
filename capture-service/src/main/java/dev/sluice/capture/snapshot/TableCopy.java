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
 * meanwhile. What changed is in the log anyway, or copied again if the binlog tells only a part of it. Not thread-safe.
 */
final class TableCopy {
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final String BEHIND = "the capture is more than " + CATCH_UP.toSeconds() + " s behind the source";
    private static final String NO_KEY = "it has no primary key and no unique key of NOT NULL columns";
    private static final int KEYS = 500;

    private final CopySource source;
    private final SnapshotGate gate;
    private final MovedTables.Copy copy;
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
    private int mostAgain = KEYS;

    /**
     * A copy that has read nothing yet.
     *
     * @param notWhole why the targets' tables must not be emptied for it; null if they may
     */
    TableCopy(
            CopySource source,
            SnapshotGate gate,
            MovedTables.Copy copy,
            TableName name,
            Snapshot.Tables wanted,
            @Nullable String notWhole) {
        this.source = source;
        this.gate = gate;
        this.copy = copy;
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
        MovedRows moved;
        boolean anew;
        List<List<String>> again;
        gate.enterInterruptibly();
        try {
            if (!gate.await(present.file(), present.offset(), CATCH_UP)) {
                return BEHIND;
            }
            if (gate.schemaChanges() != schemaChanges) {
                return "tables changed";
            }
            moved = gate.moved().of(copy, now.key());
            anew = moved.beginAnew();
            again = moved.take(mostAgain);
            low = gate.open(window);
        } finally {
            gate.leave();
        }
        List<String> from = anew ? null : after;
        boolean used = false;
        try {
            Chunk chunk = again.isEmpty() ? read(view, now, low, from, most) : readAgain(view, now, low, again);
            if (!again.isEmpty() && chunk.cut()) {
                mostAgain = Math.max(1, chunk.size() / 2);
                return "the rows to be copied again are too large for one chunk";
            }
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
                used = true;
                moved.written(anew);
                chunk.noteChangedPartly(window, moved);
                Progress progress =
                        again.isEmpty() ? progress(chunk, from, anew) : new Progress(chunk.size(), from, false, false);
                written.write(chunk, window, moved.isEmpty() ? progress : progress.notEnd(from));
                return null;
            } finally {
                gate.close(window);
                gate.leave();
            }
        } finally {
            gate.enterToClose();
            gate.close(window);
            if (!used) {
                moved.again();
            }
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
        Chunk chunk = new Chunk(now, rows);
        if (wanted.keys() != null && done(after) >= wanted.keys().size()) {
            return chunk;
        }
        asked = Math.min(most, size().rows());
        String sql = wanted.keys() == null
                ? query.following(rows.expressions(), where(), after, asked)
                : query.of(rows.expressions(), keys(wanted.keys(), done(after)));
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

    private Chunk readAgain(ReadView view, SourceTable now, Place low, List<List<String>> keys)
            throws IOException, InterruptedException {
        SelectedRow rows = Objects.requireNonNull(reader);
        Chunk chunk = new Chunk(now, rows);
        view.await(low);
        try {
            view.connection().rows(new ChunkQuery(now).again(rows.expressions(), where(), keys), chunk::add);
        } finally {
            view.end();
        }
        return chunk;
    }

    private Progress progress(Chunk chunk, @Nullable List<String> after, boolean anew) {
        if (wanted.keys() != null) {
            int done = Math.min(done(after) + KEYS, wanted.keys().size());
            return new Progress(
                    chunk.size(),
                    List.of(String.valueOf(done)),
                    done == wanted.keys().size(),
                    anew);
        }
        return new Progress(chunk.size(), chunk.lastKey(), !chunk.cut() && chunk.size() < asked, anew);
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
    record Progress(int rows, @Nullable List<String> after, boolean end, boolean anew) {
        /** There are rows to be copied again; the next chunk begins where this one ends, or where it began. */
        Progress notEnd(@Nullable List<String> from) {
            return new Progress(rows, after == null ? from : after, false, anew);
        }
    }

    /** Takes a chunk, inside the gate and at a place of the log that is behind all that the chunk saw. */
    interface Written {
        void write(Chunk chunk, ChunkWindow window, Progress progress) throws IOException;
    }
}
