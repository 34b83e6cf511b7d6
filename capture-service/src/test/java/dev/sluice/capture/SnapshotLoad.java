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

/**
 * Tables with all kinds of keys and rows from before a capture begins, and random changes of these rows by several
 * sessions, from a seed that is printed, until it is closed.
 */
final class SnapshotLoad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotLoad.class);
    private static final int SESSIONS = 3;
    private static final Duration PACE = Duration.ofMillis(5);

    /** Table to the columns of its key. */
    static final Map<String, List<String>> TABLES = Map.of(
            "numbers", List.of("id"),
            "words", List.of("word"),
            "pairs", List.of("region", "no"),
            "bytes", List.of("id"),
            "money", List.of("amount"),
            "days", List.of("day", "kind"),
            "loose", List.of("u"));

    private final DatabaseServer server;
    private final String schema;
    private final int rows;
    private final List<String> images;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable SQLException failure;

    SnapshotLoad(DatabaseServer server, String schema, int rows) {
        this(server, schema, rows, List.of("FULL"));
    }

    /** Sessions have these row images in turn. */
    SnapshotLoad(DatabaseServer server, String schema, int rows, List<String> images) {
        this.images = images;
        this.server = server;
        this.schema = schema;
        this.rows = rows;
        server.execute(
                "CREATE TABLE " + schema + ".numbers (id INT PRIMARY KEY, v VARCHAR(100), f FLOAT, e ENUM('','a','b'))",
                "CREATE TABLE " + schema
                        + ".words (word VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_german1_ci PRIMARY"
                        + " KEY, v INT, kept INT)",
                "CREATE TABLE " + schema
                        + ".pairs (region VARCHAR(9), no SMALLINT UNSIGNED, v INT, kept INT, PRIMARY KEY (region, no))",
                "CREATE TABLE " + schema + ".bytes (id BINARY(6) PRIMARY KEY, v INT, kept INT)",
                "CREATE TABLE " + schema + ".money (amount DECIMAL(12,3) PRIMARY KEY, v INT, kept INT)",
                "CREATE TABLE " + schema
                        + ".days (day DATETIME(3), kind ENUM('z','y','x'), v INT, kept INT, PRIMARY KEY (day, kind))",
                "CREATE TABLE " + schema + ".loose (u BIGINT NOT NULL, v INT, kept INT, UNIQUE (u))");
        for (String table : TABLES.keySet()) {
            for (int from = 0; from < rows; from += 500) {
                StringBuilder insert = new StringBuilder("INSERT INTO " + schema + "." + table + " VALUES ");
                for (int i = from; i < Math.min(rows, from + 500); i++) {
                    insert.append(i == from ? "" : ",").append(row(table, i, 0, i % 2 == 0));
                }
                server.execute(insert.toString());
            }
        }
    }

    /** Begins to change rows. */
    SnapshotLoad start() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        LOG.info("snapshot load with seed {} (-Dsluice.seed={})", seed, seed);
        for (int i = 0; i < SESSIONS; i++) {
            Random random = new Random(seed + i);
            String image = images.get(i % images.size());
            threads.add(new Thread(() -> run(random, image), "load-" + i));
        }
        threads.forEach(Thread::start);
        return this;
    }

    long changes() {
        return changes.get();
    }

    private void run(Random random, String image) {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_row_image = '" + image + "'");
            connection.setAutoCommit(false);
            List<String> tables = TABLES.keySet().stream().sorted().toList();
            while (!closed) {
                try {
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        change(statement, tables.get(random.nextInt(tables.size())), random);
                    }
                    connection.commit();
                } catch (SQLException e) {
                    connection.rollback(); // a deadlock among the sessions
                    if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205) {
                        throw e;
                    }
                }
                LockSupport.parkNanos(PACE.toNanos());
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void change(Statement statement, String table, Random random) throws SQLException {
        int i = random.nextInt(rows + rows / 4);
        List<String> key = TABLES.get(table);
        String where = condition(key, key(table, i, random.nextBoolean()));
        changes.incrementAndGet();
        switch (random.nextInt(7)) {
            case 0 -> statement.executeUpdate("DELETE FROM " + table + " WHERE " + where);
            case 1, 2 ->
                statement.executeUpdate(
                        "REPLACE INTO " + table + " VALUES " + row(table, i, random.nextInt(), random.nextBoolean()));
            case 3 -> {
                if (List.of("numbers", "loose").contains(table) && random.nextBoolean()) {
                    // to the other side of where the copy is, and back
                    int from = random.nextBoolean() ? i : -i - 1;
                    statement.executeUpdate("UPDATE IGNORE " + table + " SET " + key.get(0) + " = " + (-from - 1)
                            + " WHERE " + key.get(0) + " = " + from);
                } else if (key.size() == 1) {
                    // another spelling, or another key
                    List<String> other =
                            key(table, random.nextInt(3) == 0 ? random.nextInt(rows) : i, random.nextBoolean());
                    statement.executeUpdate(
                            "UPDATE IGNORE " + table + " SET " + key.get(0) + " = " + other.get(0) + " WHERE " + where);
                }
            }
            default ->
                statement.executeUpdate(
                        "UPDATE " + table + " SET v = " + random.nextInt(1_000_000) + " WHERE " + where);
        }
    }

    private static String condition(List<String> columns, List<String> values) {
        StringBuilder where = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            where.append(i == 0 ? "" : " AND ")
                    .append(columns.get(i))
                    .append(" = ")
                    .append(values.get(i));
        }
        return where.toString();
    }

    private static List<String> key(String table, int i, boolean upper) {
        return switch (table) {
            case "words" -> List.of((upper ? "'WÖRT " : "'wört ") + i + "'");
            case "pairs" -> List.of((upper ? "'R" : "'r") + i % 7 + "'", String.valueOf(i / 7));
            case "bytes" -> List.of(String.format("X'%012x'", i * 2_654_435_761L & 0xffff_ffff_ffffL));
            case "money" -> List.of(i % 3 - 1 + "" + i + ".5");
            case "days" ->
                List.of(
                        "'20" + (10 + i % 17) + "-01-02 03:04:05." + (100 + i % 900) + "'",
                        "'" + "zyx".charAt(i / 17 / 900 % 3) + "'");
            default -> List.of(String.valueOf(i));
        };
    }

    private static String row(String table, int i, int v, boolean upper) {
        String key = String.join(",", key(table, i, upper));
        return table.equals("numbers")
                ? "(" + key + ",'v" + v + "'," + (v % 1000 / 4f) + "," + (1 + Math.floorMod(v, 3)) + ")"
                : "(" + key + "," + v + "," + i + ")";
    }

    /** What a table holds, by its key. */
    Map<List<String>, List<@Nullable String>> contents(String table, java.util.function.BinaryOperator<String> cell)
            throws SQLException {
        Map<List<String>, List<@Nullable String>> found = new TreeMap<>(java.util.Comparator.comparing(List::toString));
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                List<String> key = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String name = result.getMetaData().getColumnLabel(i);
                    String value = table.equals("bytes") && i == 1
                            ? java.util.Base64.getEncoder().encodeToString(result.getBytes(i))
                            : cell.apply(name, result.getString(i));
                    row.add(value);
                    if (TABLES.get(table).contains(name)) {
                        key.add(String.valueOf(value));
                    }
                }
                found.put(key, row);
            }
        }
        return found;
    }

    /** Ends it; the last row it writes is the table {@code done}'s only one. */
    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        closed = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        }
        if (failure != null) {
            throw failure;
        }
        server.execute(
                "CREATE TABLE " + schema + ".done (id INT PRIMARY KEY)", "INSERT INTO " + schema + ".done VALUES (1)");
        LOG.info("load has made {} changes", changes);
    }
}
