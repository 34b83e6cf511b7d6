package dev.sluice.endtoend;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Moves the bank's money on a thread of its own until it is closed. */
final class BankLoad implements AutoCloseable {
    private final Thread thread;
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable SQLException failure;

    BankLoad(DatabaseServer source, String schema, long seed) {
        this(source, schema, seed, Duration.ofMillis(2));
    }

    /** One that rests between transactions. */
    BankLoad(DatabaseServer source, String schema, long seed, Duration pause) {
        thread = new Thread(() -> run(source, schema, seed, pause), "bank load");
        thread.start();
    }

    long transactions() {
        return transactions.get();
    }

    @Override
    public void close() throws InterruptedException, SQLException {
        closed = true;
        thread.join();
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void run(DatabaseServer source, String schema, long seed, Duration pause) {
        Random random = new Random(seed);
        try (Connection connection = source.connect()) {
            connection.setAutoCommit(false);
            while (!closed) {
                Bank.transfer(connection, schema, random);
                transactions.incrementAndGet();
                Thread.sleep(pause.toMillis());
            }
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
