package dev.sluice.capture;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Changes rows of a table without a key, (a INT, b VARCHAR), at random from several sessions; prints its seed. */
final class KeylessLoad implements AutoCloseable {
    private static final int SESSIONS = 3;
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(2);

    private final DatabaseServer server;
    private final String schema;
    private final String table;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable SQLException failure;

    KeylessLoad(DatabaseServer server, String schema, String table) {
        this.server = server;
        this.schema = schema;
        this.table = table;
    }

    KeylessLoad start() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("load on a table without a key with seed " + seed + " (-Dsluice.seed)");
        for (int i = 0; i < SESSIONS; i++) {
            Random random = new Random(seed + i);
            threads.add(new Thread(() -> run(random), "keyless-" + i));
        }
        threads.forEach(Thread::start);
        return this;
    }

    long changes() {
        return changes.get();
    }

    private void run(Random random) {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            connection.setAutoCommit(false);
            while (!closed) {
                try {
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        changes.addAndGet(statement.executeUpdate(change(random)));
                    }
                    connection.commit();
                } catch (SQLException e) {
                    connection.rollback(); // a deadlock among the sessions
                    if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205) {
                        throw e;
                    }
                }
                LockSupport.parkNanos(PACE);
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private String change(Random random) {
        int a = random.nextInt(500);
        return switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM " + table + " WHERE a = " + a + " LIMIT " + (1 + random.nextInt(2));
            case 1 -> "UPDATE " + table + " SET a = " + random.nextInt(500) + " WHERE a = " + a + " LIMIT 1";
            case 2 -> "INSERT INTO " + table + " VALUES (" + a + ", 'b1'), (" + a + ", 'b1')";
            default -> "INSERT INTO " + table + " VALUES (NULL, NULL)";
        };
    }

    @Override
    public void close() throws Exception {
        closed = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        }
        if (failure != null) {
            throw failure;
        }
    }
}
