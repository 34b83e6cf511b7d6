package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that were taken back, to a savepoint or with the whole transaction, never come, even where the log has them. */
class SavepointIT {
    private static final String[] TABLES = {
        "CREATE TABLE i (id INT PRIMARY KEY, v LONGTEXT) ENGINE=InnoDB",
        "CREATE TABLE m (id INT PRIMARY KEY, v LONGTEXT) ENGINE=MyISAM",
        "CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT) ENGINE=InnoDB",
        "CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW REPLACE INTO m VALUES (NEW.id + 1000000, NEW.v)"
    };

    /** MariaDB logs what it has taken back if a table without transactions took part. */
    @Test
    void rowsBehindASavepointAreTakenBack() throws Exception {
        DatabaseServer server = TestSource.MARIADB_10_11.server();
        try (History history = new History(server)) {
            history.run(
                    "BEGIN",
                    "INSERT INTO i VALUES (1, 'a')",
                    "SAVEPOINT `b``\"\u00e4`",
                    "INSERT INTO m VALUES (2, 'a')",
                    "INSERT INTO i VALUES (2, 'a')",
                    "SAVEPOINT c",
                    "INSERT INTO i VALUES (3, 'a')",
                    "ROLLBACK TO SAVEPOINT `B``\"A`",
                    "INSERT INTO i VALUES (3, 'b')",
                    "SAVEPOINT c",
                    "INSERT INTO t VALUES (4, 'b')",
                    "ROLLBACK WORK TO c",
                    "INSERT INTO i VALUES (4, 'c')",
                    "COMMIT");
            assertThat(history.logged()).contains("ROLLBACK TO `B``\"A`", "ROLLBACK TO `c`");
            assertThat(history.told()).containsExactly("m 2", "m 1000004", "i 1", "i 3", "i 4");
        }
    }

    @Test
    void aTransactionThatTheLogEndsWithRollbackHasNoRows() throws Exception {
        DatabaseServer server = TestSource.MARIADB_10_11.server();
        try (History history = new History(server)) {
            history.run(
                    "BEGIN",
                    "INSERT INTO i VALUES (1, 'a')",
                    "CREATE TEMPORARY TABLE x (n INT)",
                    "INSERT INTO i VALUES (2, REPEAT('large', 2000000))",
                    "INSERT INTO m VALUES (2, 'stays')",
                    "ROLLBACK",
                    "INSERT INTO i VALUES (9, 'last')");
            assertThat(history.logged()).contains("ROLLBACK");
            assertThat(history.told()).containsExactly("m 2", "i 9");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_8_0", "MARIADB_10_11"})
    void randomTransactionsGiveTheTablesOfTheSource(TestSource source) throws Exception {
        check(source);
    }

    @ParameterizedTest
    @Tag("extended")
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_9_7", "MARIADB_11_4"})
    void randomTransactionsOfOtherVersionsGiveTheTablesOfTheSource(TestSource source) throws Exception {
        assumeTrue(source.available());
        check(source);
    }

    /** With GTIDs, MySQL refuses to change tables of both kinds in one transaction. */
    private static void check(TestSource source) throws Exception {
        if (source.isMariaDb()) {
            check(source, source.server());
            return;
        }
        MySqlVersion version = source == TestSource.MYSQL_8_0 ? MySqlVersion.V8_0_15 : MySqlVersion.V9_7;
        try (MySqlServer server = MySqlServer.obtain(
                "mysql.savepoints",
                version,
                ServerOptions.defaults().with("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"))) {
            check(source, server);
        }
    }

    private static void check(TestSource source, DatabaseServer server) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("SavepointIT " + source + " seed " + seed + " (-Dsluice.seed=" + seed + ")");
        Random random = new Random(seed);
        try (History history = new History(server)) {
            for (int i = 0; i < 60; i++) {
                history.run(statements(random, i).toArray(String[]::new));
            }
            history.run("INSERT INTO i VALUES (-1, 'last')");
            if (source.isMariaDb()) {
                assertThat(history.logged()).contains("ROLLBACK TO `a`", "ROLLBACK TO `b`", "ROLLBACK");
            }
            assertThat(history.replayed()).isEqualTo(history.selected());
        }
    }

    private static List<String> statements(Random random, int number) {
        List<String> all = new ArrayList<>();
        String temporary = "x" + number;
        all.add("BEGIN");
        List<String> savepoints = new ArrayList<>();
        for (int i = random.nextInt(16); i > 0; i--) {
            String table = "iiimt".substring(random.nextInt(5)).substring(0, 1);
            int id = random.nextInt(30);
            switch (random.nextInt(8)) {
                case 0 -> {
                    String name = random.nextBoolean() ? "a" : "b";
                    savepoints.remove(name);
                    savepoints.add(name);
                    all.add("SAVEPOINT " + name);
                }
                case 1 -> {
                    if (!savepoints.isEmpty()) {
                        String name = savepoints.get(random.nextInt(savepoints.size()));
                        savepoints
                                .subList(savepoints.lastIndexOf(name) + 1, savepoints.size())
                                .clear();
                        all.add("ROLLBACK TO " + name);
                    }
                }
                case 2 -> all.add("DELETE FROM " + table + " WHERE id = " + id);
                case 3 -> all.add("UPDATE IGNORE " + table + " SET id = id + 1, v = 'u" + i + "' WHERE id = " + id);
                case 4 -> all.add("CREATE TEMPORARY TABLE IF NOT EXISTS " + temporary + " (n INT)");
                default -> {
                    String value = random.nextInt(12) == 0 ? "REPEAT('large', 500000)" : "'v" + number + "'";
                    all.add("INSERT IGNORE INTO " + table + " VALUES (" + id + ", " + value + ")");
                }
            }
        }
        all.add(random.nextInt(3) == 0 ? "ROLLBACK" : "COMMIT");
        return all;
    }

    /** A connection, what it does and what the log says of it. */
    private static final class History implements AutoCloseable {
        private final DatabaseServer server;
        private final String schema;
        private final FilePosition start;
        private final Connection connection;
        private final Statement statement;

        History(DatabaseServer server) throws Exception {
            this.server = server;
            schema = Databases.create(server);
            connection = server.connect(schema);
            statement = connection.createStatement();
            run(TABLES);
            start = TestSource.positions(server).current();
        }

        void run(String... statements) throws SQLException {
            for (String each : statements) {
                statement.execute(each);
            }
        }

        /** The statements in the log. */
        List<String> logged() throws SQLException {
            return RecordedLog.statements(server, start);
        }

        List<Collected.Row> rows() throws Exception {
            FilePosition end = TestSource.positions(server).current();
            try (BinlogReader reader = BinlogReader.open(TestSource.options(server), start)) {
                Collected found = new Collected(schema);
                return found.readUntil(
                                reader,
                                () -> !found.transactions.isEmpty()
                                        && found.transactions.get(found.transactions.size() - 1).end().stream()
                                                .anyMatch(each -> each.endOffset() >= end.offset()))
                        .rows;
            }
        }

        List<String> told() throws Exception {
            return rows().stream()
                    .map(row -> row.table().table() + " " + row.cell("id"))
                    .toList();
        }

        /** What a table holds that takes every row strictly. */
        Map<String, String> replayed() throws Exception {
            Map<String, String> all = new TreeMap<>();
            for (Collected.Row row : rows()) {
                String key = row.table().table() + " " + row.cell("id");
                String value = JsonText.unquote(row.cell("v"));
                switch (row.op()) {
                    case INSERT -> assertThat(all.put(key, value)).as(key).isNull();
                    case DELETE -> assertThat(all.remove(key)).as(key).isNotNull();
                    case UPDATE -> {
                        String before = row.table().table() + " " + row.old().getOrDefault("id", row.cell("id"));
                        assertThat(all.remove(before)).as(before).isNotNull();
                        assertThat(all.put(key, value)).as(key).isNull();
                    }
                }
            }
            return all;
        }

        Map<String, String> selected() throws SQLException {
            Map<String, String> all = new TreeMap<>();
            for (String table : List.of("i", "m", "t")) {
                try (ResultSet rows = statement.executeQuery("SELECT id, v FROM " + table)) {
                    while (rows.next()) {
                        all.put(table + " " + rows.getString(1), rows.getString(2));
                    }
                }
            }
            return all;
        }

        @Override
        public void close() throws SQLException {
            statement.close();
            connection.close();
        }
    }
}
