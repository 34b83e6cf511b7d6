package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Message;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many deletes in one batch hit the rows that they name and wait for no other, in a table of which the server believes that it is empty
 * because it was just altered.
 */
class DeletesIT {
    private static final int ROWS = 1_000;
    /** Keys of these types cannot stand in a list; of bigint there are the largest. */
    private static final String ALONE = "(bigint|float|double|bit|year|enum|set).*|.*gbk";

    /** Another transaction has all the rows that stay. */
    @FunctionalInterface
    private interface Held {
        void run(DatabaseServer server) throws Exception;
    }

    private static final List<Held> ALL = List.of(
            DeletesIT::keysOfEveryType,
            DeletesIT::oneColumn,
            DeletesIT::textThatOnlyACollationHoldsEqual,
            DeletesIT::whoeverHasAUniqueValueThatComesAgain,
            DeletesIT::aKeyThatIsNotTheTargetsPrimaryKey,
            DeletesIT::aTableWithATriggerAndChildren);

    @Test
    void waitForNoOtherRowMySql() throws Exception {
        run(SharedServers.mysql());
    }

    @Test
    void waitForNoOtherRowMariaDb() throws Exception {
        run(SharedServers.mariadb());
    }

    @Tag("extended")
    @ParameterizedTest
    @EnumSource(names = {"V5_7_22", "V9_7"})
    void waitForNoOtherRow(MySqlVersion version) throws Exception {
        try (MySqlServer server = MySqlServer.start(version, ServerOptions.defaults())) {
            run(server);
        }
    }

    @Tag("extended")
    @Test
    void waitForNoOtherRowMariaDb114() throws Exception {
        try (MariaDbServer server = MariaDbServer.start(MariaDbVersion.V11_4_5, ServerOptions.defaults())) {
            run(server);
        }
    }

    private static void run(DatabaseServer server) throws Exception {
        for (Held held : ALL) {
            held.run(server);
        }
    }

    /** The second column tells the rows of one value apart, so only the whole key finds the right ones. */
    private static void keysOfEveryType(DatabaseServer server) throws Exception {
        Map<String, List<ValueIT.Value>> types = new LinkedHashMap<>();
        for (ValueIT.Value value : ValueIT.values()) {
            if (!value.type().matches(".*(text|blob|point|geometry).*")) {
                types.computeIfAbsent(value.type(), type -> new ArrayList<>()).add(value);
            }
        }
        types.computeIfAbsent("varchar(20) character set latin1", type -> new ArrayList<>())
                .add(new ValueIT.Value("", "'abc'", "\"abc\""));
        int number = 0;
        for (Map.Entry<String, List<ValueIT.Value>> type : types.entrySet()) {
            String database = Databases.create(server, "keys" + number++);
            server.execute("CREATE TABLE " + database + ".t (c " + type.getKey()
                    + " NOT NULL, id INT, n INT, PRIMARY KEY (c, id))");
            TableLine table = Tables.table(
                    1, database, "t", List.of("c " + type.getKey(), "id int", "n int"), List.of(0, 1), List.of());
            MessageBuilder deletes = new MessageBuilder().transaction();
            try (Connection source = ValueIT.sourceOf(server, database);
                    Statement statement = source.createStatement()) {
                StringBuilder insert = new StringBuilder("INSERT INTO t VALUES ");
                for (int id = 0; id < 200; id++) {
                    ValueIT.Value value =
                            type.getValue().get(id / 2 % type.getValue().size());
                    insert.append(id == 0 ? "(" : ",(")
                            .append(value.literal())
                            .append(',')
                            .append(id)
                            .append(",1)");
                    if (id % 2 == 0) {
                        deletes.delete(table, value.cell(), "" + id, "1");
                    }
                }
                statement.execute(insert.toString());
            }
            assertThat(left(
                            server,
                            database,
                            deletes.build(1, 1),
                            0,
                            type.getKey().matches(ALONE)))
                    .as(type.getKey())
                    .isEqualTo(100);
        }
    }

    private static void oneColumn(DatabaseServer server) throws Exception {
        for (String type : List.of("INT", "VARCHAR(40)", "DECIMAL(10,2)", "FLOAT")) {
            String database = Databases.create(server, "held");
            server.execute("CREATE TABLE " + database + ".t (id " + type + " PRIMARY KEY, n INT)");
            TableLine table = Tables.table(
                    1, database, "t", List.of("id " + type.toLowerCase(Locale.ROOT), "n int"), List.of(0), List.of());
            boolean text = type.startsWith("VARCHAR");
            MessageBuilder deletes = new MessageBuilder().transaction();
            StringBuilder insert = new StringBuilder("INSERT INTO " + database + ".t VALUES ");
            for (int id = 0; id < ROWS; id++) {
                insert.append(id == 0 ? "(" : ",(")
                        .append(text ? "'key" + id + "'" : "" + id)
                        .append(",1)");
                if (id % 2 == 0) {
                    deletes.delete(table, text ? "\"key" + id + "\"" : "" + id, "1");
                }
            }
            for (int id = ROWS; id < ROWS + 20; id++) {
                deletes.delete(table, text ? "\"key" + id + "\"" : "" + id, "1");
            }
            server.execute(insert.toString());
            assertThat(left(server, database, deletes.build(1, 1), 20, type.equals("FLOAT")))
                    .as(type)
                    .isEqualTo(ROWS / 2);
        }
    }

    private static void textThatOnlyACollationHoldsEqual(DatabaseServer server) throws Exception {
        for (String collation : List.of("utf8mb4_unicode_ci", "latin1_swedish_ci", "utf8_bin", "gbk_chinese_ci")) {
            boolean same = !collation.endsWith("_bin");
            String database = Databases.create(server, "held");
            server.execute("CREATE TABLE " + database + ".t (id VARCHAR(20) CHARACTER SET "
                    + collation.replaceAll("_.*", "") + " COLLATE " + collation + " PRIMARY KEY, n INT)");
            TableLine table = Tables.table(1, database, "t", List.of("id varchar(20)", "n int"), List.of(0), List.of());
            MessageBuilder deletes = new MessageBuilder().transaction();
            StringBuilder insert = new StringBuilder("INSERT INTO " + database + ".t VALUES ('o''x',1)");
            for (int id = 0; id < 100; id++) {
                insert.append(",('Key").append(id).append("',1)");
                if (id % 2 == 0) {
                    deletes.delete(table, "\"kEY" + id + "\"", "1");
                }
            }
            deletes.delete(table, "\"O'x\"", "1")
                    .delete(table, collation.startsWith("latin1") ? "\"é\"" : "\"中文\"", "1");
            server.execute(insert.toString());
            assertThat(left(server, database, deletes.build(1, 1), same ? 1 : 52, collation.startsWith("gbk")))
                    .as(collation)
                    .isEqualTo(same ? 50 : 101);
        }
    }

    private static void whoeverHasAUniqueValueThatComesAgain(DatabaseServer server) throws Exception {
        String database = Databases.create(server, "again");
        server.execute("CREATE TABLE " + database
                + ".t (id INT PRIMARY KEY, n INT, u INT, w VARCHAR(10), UNIQUE (u, w), UNIQUE `a``b` (w))");
        TableLine table = Tables.table(
                1,
                database,
                "t",
                List.of("id int", "n int", "u int", "w varchar(10)"),
                List.of(0),
                List.of(List.of(2, 3), List.of(3)));
        MessageBuilder inserts = new MessageBuilder().transaction();
        StringBuilder insert = new StringBuilder("INSERT INTO " + database + ".t VALUES ");
        for (int id = 0; id < ROWS; id++) {
            insert.append(id == 0 ? "(" : ",(").append(id + ",1," + id + ",'w" + id + "')");
            if (id % 2 == 0) {
                inserts.insert(table, "" + (ROWS + id), "1", "" + id, "\"w" + id + "\"");
            }
        }
        server.execute(insert.toString());
        assertThat(left(server, database, inserts.buildAgain(1, 1), 0, false)).isEqualTo(ROWS);
    }

    private static void aKeyThatIsNotTheTargetsPrimaryKey(DatabaseServer server) throws Exception {
        String database = Databases.create(server, "other");
        server.execute("CREATE TABLE " + database
                + ".t (own INT AUTO_INCREMENT PRIMARY KEY, id INT NOT NULL, n INT, UNIQUE there (id))");
        TableLine table = Tables.table(1, database, "t", List.of("id int", "n int"), List.of(0), List.of());
        MessageBuilder deletes = new MessageBuilder().transaction();
        StringBuilder insert = new StringBuilder("INSERT INTO " + database + ".t (id, n) VALUES ");
        for (int id = 0; id < ROWS; id++) {
            insert.append(id == 0 ? "(" : ",(").append(id + ",1)");
            if (id % 2 == 0) {
                deletes.delete(table, "" + id, "1");
            }
        }
        server.execute(insert.toString());
        assertThat(left(server, database, deletes.build(1, 1), 0, false)).isEqualTo(ROWS / 2);
    }

    private static void aTableWithATriggerAndChildren(DatabaseServer server) throws Exception {
        String database = Databases.create(server, "parents");
        server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, n INT)");
        server.execute("CREATE TABLE " + database + ".gone (id INT)");
        server.execute("CREATE TABLE " + database + ".child (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES "
                + database + ".t (id))");
        TableLine table = Tables.table(1, database, "t", List.of("id int", "n int"), List.of(0), List.of());
        MessageBuilder deletes = new MessageBuilder().transaction();
        StringBuilder insert = new StringBuilder("INSERT INTO " + database + ".t VALUES ");
        for (int id = 0; id < 100; id++) {
            insert.append(id == 0 ? "(" : ",(").append(id + ",1)");
            if (id % 2 == 0) {
                deletes.delete(table, "" + id, "1");
            }
        }
        server.execute(insert.toString());
        server.execute("INSERT INTO " + database + ".child SELECT id FROM " + database + ".t");
        server.execute("CREATE TRIGGER " + database + ".tr BEFORE DELETE ON " + database
                + ".t FOR EACH ROW INSERT INTO " + database + ".gone VALUES (OLD.id)");
        assertThat(left(server, database, deletes.build(1, 1), 0, false)).isEqualTo(50);
        assertThat(number(server, "SELECT SUM(id) FROM " + database + ".gone")).isEqualTo(2 * 49 * 50 / 2);
        assertThat(number(server, "SELECT COUNT(*) FROM " + database + ".child"))
                .isEqualTo(100);
    }

    /**
     * Writes a batch while another transaction has every second row of those that were there; how many rows are left.
     *
     * @param alone whether each key has a statement of its own; else most go together, at the first try
     */
    private static long left(DatabaseServer server, String database, Message changes, int missing, boolean alone)
            throws Exception {
        long before = statementsOfOneKey(server);
        Partition partition = new Partition(database, 0);
        try (TargetWriter writer = TestWriters.of(server);
                Connection other = ValueIT.sourceOf(server, database);
                Statement statement = other.createStatement()) {
            writer.watermark(partition);
            boolean text = number(
                            server,
                            "SELECT COUNT(*) FROM information_schema.columns WHERE table_name='t' AND table_schema='"
                                    + database + "' AND column_name='id' AND data_type='varchar'")
                    > 0;
            statement.execute("ALTER TABLE t MODIFY n BIGINT");
            other.setAutoCommit(false);
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            String id = text ? "SUBSTRING(id, 4)" : "id";
            statement.executeUpdate("UPDATE t SET n = 3 WHERE " + id + " % 2 = 1");

            assertThat(writer.write(Rows.batch(partition, Watermark.NONE, changes)))
                    .isEqualTo(new WriteOutcome.Written(missing));
        }
        int keys = changes.header().entries();
        assertThat(statementsOfOneKey(server) - before)
                .as(database + ": statements of one key, of " + keys + " keys, alone: " + alone)
                .matches(n -> alone ? n == keys : n < 0.6 * keys);
        return number(server, "SELECT COUNT(*) FROM " + database + ".t");
    }

    /** How often such a delete was carried out; a batch that fails is tried again by them. */
    private static long statementsOfOneKey(DatabaseServer server) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_delete'")) {
            result.next();
            return result.getLong(2);
        }
    }

    private static long number(DatabaseServer server, String query) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
