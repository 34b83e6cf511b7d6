package dev.sluice.capture;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Random transactions on two tables, from a seed that is printed, until it is closed. */
final class Load implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final int KEYS = 300;
    private static final Duration PACE = Duration.ofMillis(1);

    private final DatabaseServer server;
    private final String schema;
    private final Random random;
    private final Thread thread = new Thread(this::run, "load");
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable SQLException failure;

    Load(DatabaseServer server, String schema) {
        this.server = server;
        this.schema = schema;
        long seed = System.nanoTime();
        LOG.info("load with seed {}", seed);
        random = new Random(seed);
        server.execute(
                "CREATE TABLE " + schema + ".plain (id INT PRIMARY KEY, v VARCHAR(200), n BIGINT)",
                "CREATE TABLE " + schema + ".uniq (id INT PRIMARY KEY, u INT UNIQUE, v VARCHAR(2000))");
        thread.start();
    }

    long transactions() {
        return transactions.get();
    }

    private void run() {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!closed) {
                for (int i = random.nextInt(5); i >= 0; i--) {
                    statement.executeUpdate(change());
                }
                connection.commit();
                transactions.incrementAndGet();
                // the machine is shared: enough that something is always under way
                LockSupport.parkNanos(PACE.toNanos());
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private String change() {
        int id = random.nextInt(KEYS);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                "REPLACE INTO plain VALUES (" + id + ", 'v" + random.nextInt() + "', " + random.nextLong() + ")";
            case 3 -> "UPDATE plain SET n = n / 2 WHERE id BETWEEN " + id + " AND " + (id + 5);
            case 4 -> "DELETE FROM plain WHERE id = " + id;
            case 5 -> "UPDATE IGNORE plain SET id = " + random.nextInt(KEYS) + " WHERE id = " + id;
            case 6 ->
                "REPLACE INTO uniq VALUES (" + id + ", " + random.nextInt(KEYS) + ", REPEAT('x', "
                        + random.nextInt(2000) + "))";
            default -> "DELETE FROM uniq WHERE u = " + id;
        };
    }

    /** What a table holds, as {@link LogReader#contents} says it. */
    Map<String, List<@Nullable String>> contents(String table) throws SQLException {
        Map<String, List<@Nullable String>> rows = new TreeMap<>();
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.put(result.getString(1), row);
            }
        }
        return rows;
    }

    /** Ends it; the last row it writes is the table {@code done}'s only one. */
    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(60));
        if (failure != null) {
            throw failure;
        }
        server.execute(
                "CREATE TABLE " + schema + ".done (id INT PRIMARY KEY)", "INSERT INTO " + schema + ".done VALUES (1)");
        LOG.info("load has done {} transactions", transactions);
    }
}
