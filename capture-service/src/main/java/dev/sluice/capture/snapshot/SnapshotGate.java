package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.message.SnapshotLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the thread that reads the binlog and those that copy rows meet. The reading thread is inside while a
 * transaction is open; whoever else is inside finds the source log between two transactions and may write to it.
 * Thread-safe.
 */
public final class SnapshotGate {
    private static final long RELEASED_LOOK = Duration.ofMillis(100).toNanos();

    /** Fair, or a busy source would keep chunks out. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition moved = lock.newCondition();
    private Place place;
    /** One for each chunk that is being read. */
    private final List<ChunkWindow> windows = new ArrayList<>();

    private final MovedTables copied;
    private long schemaChanges;
    /** Where the transaction that is open begins. */
    private Place begun;
    /** What keeps the reading thread out until it is closed. */
    private @Nullable ChunkWindow holder;

    private volatile boolean released;

    /**
     * A gate for a log that goes on at a position.
     *
     * @param file may be empty where it is not known yet
     * @param known how far snapshots have come, as the log says
     */
    public SnapshotGate(String file, long offset, List<SnapshotLine> known) {
        copied = new MovedTables(known);
        place = new Place(file, offset, null);
        begun = place;
    }

    /** A transaction begins. */
    public void begin(String file, long offset) {
        enter();
        begun = new Place(file, offset, null);
    }

    /** The reading thread must not be disturbed. */
    public void enter() {
        lock.lock();
        while (holder != null && !released) {
            try {
                moved.awaitNanos(RELEASED_LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The reading thread is to end: nothing holds it from now on. */
    public void release() {
        released = true;
    }

    /**
     * The reading thread met a row.
     *
     * @return whether a chunk leaves it out, so that what is logged of the change must bring the row whole
     */
    public boolean row(TableShape table, DecodedRow row) {
        copied.row(table, row);
        boolean leftOut = false;
        for (int i = 0; i < windows.size(); i++) {
            leftOut |= windows.get(i).row(table, row, begun);
        }
        return leftOut;
    }

    /** Whether the next message must tell the snapshots' states, {@link #whole}; called inside. */
    public boolean mustTell() {
        return copied.fresh();
    }

    /** The snapshots' states with the rows that are to be copied again; called inside. */
    public List<SnapshotLine> whole(List<SnapshotLine> states) {
        return copied.in(states);
    }

    /** Those rows; called inside. */
    MovedTables moved() {
        return copied;
    }

    /** The reading thread met a statement that may have changed tables. */
    public void ddl() {
        schemaChanges++;
        windows.forEach(window -> window.broke("a statement changed tables meanwhile"));
    }

    /** The reading thread is behind a transaction, or farther without one; called inside. */
    public void movedTo(String file, long offset, @Nullable String gtid) {
        place = new Place(file, offset, gtid == null ? place.gtid() : gtid);
        moved.signalAll();
    }

    public void leave() {
        lock.unlock();
    }

    /** Lets the reading thread go from inside after a failure. */
    public void leaveAll() {
        while (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }

    /** Waits for the end of the transaction that is open. */
    void enterInterruptibly() throws InterruptedException {
        lock.lockInterruptibly();
    }

    /** Waits for the end of the transaction that is open, whoever wants this thread to end. */
    void enterToClose() {
        lock.lock();
    }

    /** Notes from here on what changes; called inside. */
    Place open(ChunkWindow next) {
        windows.add(next);
        return place;
    }

    /** Notes no more, and holds no more; called inside. */
    void close(ChunkWindow window) {
        windows.remove(window);
        if (holder == window) {
            holder = null;
            moved.signalAll();
        }
    }

    /**
     * Keeps the reading thread where it is until the window is closed; called inside.
     *
     * @return false if another one does
     */
    boolean hold(ChunkWindow window) {
        if (holder != null) {
            return holder == window;
        }
        holder = window;
        moved.signalAll();
        return true;
    }

    /** How many statements may have changed tables so far; called inside. */
    long schemaChanges() {
        return schemaChanges;
    }

    /**
     * Waits inside until the binlog is read up to a position.
     *
     * @return false if that takes longer than {@code patience}, or the reading thread is held
     */
    boolean await(String file, long offset, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        while (!place.reaches(file, offset)) {
            if (left <= 0 || holder != null) {
                return false;
            }
            left = moved.awaitNanos(left);
        }
        return true;
    }
}
