package dev.sluice.endtoend;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the bank's sum at a target again and again, with a short rest, and counts how often it is wrong. */
final class InvariantReader implements AutoCloseable {
    private static final long REST_MILLIS = 4;

    private final Thread thread;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private volatile boolean closed;
    private volatile long example;

    InvariantReader(DatabaseServer target, String schema) {
        thread = new Thread(() -> read(target, schema), "reader of " + schema);
        thread.start();
    }

    long reads() {
        return reads.get();
    }

    /** How often the sum was neither nothing nor all. */
    long wrong() {
        return wrong.get();
    }

    /** A wrong sum. */
    long example() {
        return example;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    private void read(DatabaseServer target, String schema) {
        while (!closed) {
            try (Connection connection = target.connect()) {
                while (!closed) {
                    long sum = Bank.sum(connection, schema);
                    reads.incrementAndGet();
                    if (sum != 0 && sum != Bank.total()) {
                        wrong.incrementAndGet();
                        example = sum;
                    }
                    // two that never rest take both cores of a small machine from what they watch
                    Thread.sleep(REST_MILLIS);
                }
            } catch (SQLException e) {
                // the server is being restarted
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
