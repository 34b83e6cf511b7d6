package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.ByteCursor;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.binlog.row.SelectedRow;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies a table whose rows nothing tells apart, from its first row to its last: out of one read view whose place in the
 * binlog is known, behind a line that empties the table at the targets. If the table changes before all is copied the copy
 * begins anew, and from then on the binlog is read on only when it is done. Not thread-safe.
 */
final class WholeCopy {
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    /** A busy table may never be at rest while a view is begun. */
    private static final int TRIES_WITHOUT_LOCK = 10;

    private static final int ACCESS_DENIED = 1044;
    private static final int TABLE_ACCESS_DENIED = 1142;
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private final CopySource source;
    private final SnapshotGate gate;
    /** What the binlog changes in the table since the view was begun; null between two tries. */
    private @Nullable ChunkWindow window;

    private @Nullable SourceConnection rows;
    private boolean first;
    private boolean holds;
    private boolean mustHold;
    private int tries;

    WholeCopy(CopySource source, SnapshotGate gate) {
        this.source = source;
        this.gate = gate;
    }

    /** Whether rows are being fetched, so that the connection can do nothing else. */
    boolean underWay() {
        return rows != null;
    }

    /** Whether the binlog is not read on until it is done. */
    boolean holds() {
        return holds;
    }

    /**
     * Begins to read a table.
     *
     * @return why that was in vain; null if rows can be fetched
     */
    @Nullable
    String begin(SourceTable table, String sql) throws IOException, InterruptedException {
        ChunkWindow opened = new ChunkWindow(table);
        window = opened;
        gate.enterInterruptibly();
        try {
            gate.open(opened);
        } finally {
            gate.leave();
        }
        ReadView view = source.view();
        ReadView.Stretch seen = ++tries <= TRIES_WITHOUT_LOCK ? view.begin() : locked(table, view);
        if (seen == null) {
            close();
            return "a transaction has the table locked";
        }
        gate.enterInterruptibly();
        try {
            boolean reached = gate.await(seen.to().file(), seen.to().offset(), CATCH_UP);
            String why = reached ? changed(opened, seen) : "the capture is behind the source";
            if (why == null && mustHold) {
                holds = gate.hold(opened);
                why = holds ? null : "another table without a key is being copied";
            }
            if (why != null) {
                view.end();
                forget();
                return why;
            }
            opened.forgetChanges();
        } finally {
            gate.leave();
        }
        first = true;
        rows = view.connection();
        view.connection().begin(sql);
        return null;
    }

    private static @Nullable String changed(ChunkWindow window, ReadView.Stretch seen) {
        Place last = window.lastChange();
        boolean unsure =
                last != null && last.reaches(seen.from().file(), seen.from().offset());
        return window.broken() == null && unsure ? "the table changed while a view of it was begun" : window.broken();
    }

    /** Nothing changes a table that is locked, and nothing that has changed it is not committed. */
    private ReadView.@Nullable Stretch locked(SourceTable table, ReadView view)
            throws IOException, InterruptedException {
        TableName name = new TableName(table.shape().schema(), table.shape().table(), 0);
        try (SourceConnection other = source.another()) {
            other.execute("SET SESSION lock_wait_timeout = 1");
            other.execute("LOCK TABLES " + name.quoted() + " READ");
            return view.begin();
        } catch (ServerError e) {
            switch (e.code()) {
                case LOCK_WAIT_TIMEOUT -> {
                    return null;
                }
                case ACCESS_DENIED, TABLE_ACCESS_DENIED ->
                    throw new CannotCopy(
                            "it has no key and changes all the time, so that it has to be locked for a moment: GRANT"
                                    + " LOCK TABLES ON " + TableName.quoted(name.schema()) + ".* TO the account");
                default -> throw e;
            }
        }
    }

    /** Fetches the next rows and has them written; returns why they were not, and nothing that was copied counts. */
    @Nullable
    String next(SourceTable table, SelectedRow reader, int most, TableCopy.Written written)
            throws IOException, InterruptedException {
        SourceConnection fetching = Objects.requireNonNull(rows);
        ChunkWindow opened = Objects.requireNonNull(window);
        Chunk chunk = new Chunk(table, reader);
        boolean end = false;
        while (!end && chunk.size() < most && !chunk.full()) {
            ByteCursor row = fetching.nextRow();
            end = row == null;
            if (row != null) {
                chunk.keep(row);
            }
        }
        gate.enterInterruptibly();
        try {
            if (opened.broken() != null || opened.lastChange() != null) {
                mustHold = true;
                abandon();
                return "the table changed before it was copied; it is copied anew, and changes of the source wait for that";
            }
            written.write(chunk, opened, new TableCopy.Progress(chunk.size(), null, end, first));
            first = false;
            if (end) {
                rows = null;
                forget();
            }
        } finally {
            gate.leave();
        }
        if (end) {
            fetching.execute("ROLLBACK");
        }
        return null;
    }

    /** Gives up what was begun, if it was; a connection from which rows still come is of no more use. */
    void close() {
        gate.enterToClose();
        try {
            abandon();
        } finally {
            gate.leave();
        }
    }

    private void abandon() {
        if (rows != null) {
            rows = null;
            source.close();
        }
        forget();
    }

    private void forget() {
        if (window != null) {
            gate.close(window);
        }
        window = null;
        holds = false;
    }
}
