package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.TableLine;
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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Many updates in one statement leave what updates one by one, or literals, would leave. */
class JoinedUpdatesIT {
    /** Updates of columns of these types are carried out one by one. */
    private static final List<String> ALONE = List.of("bit", "point", "geometry");

    @Test
    void everyTypeIsUpdatedAsALiteralWouldMySql() throws Exception {
        everyTypeIsUpdatedAsALiteralWould(SharedServers.mysql());
    }

    @Test
    void everyTypeIsUpdatedAsALiteralWouldMariaDb() throws Exception {
        everyTypeIsUpdatedAsALiteralWould(SharedServers.mariadb());
    }

    @Tag("extended")
    @ParameterizedTest
    @EnumSource(names = {"V5_7_22", "V9_7"})
    void everyTypeIsUpdatedAsALiteralWould(MySqlVersion version) throws Exception {
        try (MySqlServer server = MySqlServer.start(version, ServerOptions.defaults())) {
            everyTypeIsUpdatedAsALiteralWould((DatabaseServer) server);
            waitsForNoRowOfOthers(server);
        }
    }

    @Tag("extended")
    @Test
    void everyTypeIsUpdatedAsALiteralWouldMariaDb114() throws Exception {
        try (MariaDbServer server = MariaDbServer.start(MariaDbVersion.V11_4_5, ServerOptions.defaults())) {
            everyTypeIsUpdatedAsALiteralWould((DatabaseServer) server);
            waitsForNoRowOfOthers(server);
        }
    }

    private static void everyTypeIsUpdatedAsALiteralWould(DatabaseServer server) throws Exception {
        Map<String, List<ValueIT.Value>> types = new LinkedHashMap<>();
        Stream<ValueIT.Value> values = server instanceof MySqlServer
                ? Stream.concat(ValueIT.values().stream(), ValueIT.mysqlOnly().stream())
                : ValueIT.values().stream();
        values.forEach(value ->
                types.computeIfAbsent(value.type(), type -> new ArrayList<>()).add(value));
        String database = Databases.create(server, "joined");
        try (Connection connection = ValueIT.sourceOf(server, database);
                Statement statement = connection.createStatement();
                TargetWriter writer = TestWriters.of(server)) {
            int number = 0;
            for (Map.Entry<String, List<ValueIT.Value>> type : types.entrySet()) {
                updates(database + "_" + number, database, "t" + number++, type.getValue(), statement, writer);
            }
        }
    }

    /** What the updates did not tell has another value at the target, which shows by which way they went. */
    private static void updates(
            String partitionName,
            String database,
            String name,
            List<ValueIT.Value> values,
            Statement statement,
            TargetWriter writer)
            throws Exception {
        String type = values.get(0).type();
        for (String table : List.of(name + "_source", name)) {
            statement.execute("CREATE TABLE " + table + " (id INT PRIMARY KEY, c " + type + " NULL, untold INT)");
        }
        TableLine table =
                Tables.table(1, database, name, List.of("id int", "c " + type, "untold int"), List.of(0), List.of());
        MessageBuilder message = new MessageBuilder().transaction();
        int rows = 0;
        while (rows < 12) {
            for (ValueIT.Value value : values) {
                rows++;
                statement.execute("INSERT INTO " + name + "_source VALUES (" + rows + ", " + value.literal() + ", 1)");
                statement.execute("INSERT INTO " + name + " VALUES (" + rows + ", NULL, 2)");
                message.update(table, cells(rows, "null"), cells(rows, value.cell()));
            }
            rows++;
            statement.execute("INSERT INTO " + name + "_source VALUES (" + rows + ", NULL, 1)");
            statement.execute("INSERT INTO " + name + " VALUES (" + rows + ", "
                    + values.get(0).literal() + ", 2)");
            message.update(table, cells(rows, values.get(0).cell()), cells(rows, "null"));
        }
        Partition partition = new Partition(partitionName, 0);
        writer.watermark(partition);

        assertThat(writer.write(Rows.batch(partition, Watermark.NONE, message.build(1, 1))))
                .isEqualTo(new WriteOutcome.Written(0));

        assertThat(ValueIT.contents(statement, name, type))
                .isEqualTo(ValueIT.contents(statement, name + "_source", type));
        boolean alone = ALONE.contains(type.replaceAll("\\W.*", ""));
        assertThat(untold(statement, name)).as(type).isEqualTo(alone ? rows : 2 * rows);
    }

    private static String[] cells(int id, String cell) {
        return new String[] {"" + id, cell, "1"};
    }

    private static int untold(Statement statement, String table) throws SQLException {
        try (ResultSet sum = statement.executeQuery("SELECT SUM(untold) FROM " + table)) {
            sum.next();
            return sum.getInt(1);
        }
    }

    @Test
    void waitsForNoRowOfOthersMySql() throws Exception {
        waitsForNoRowOfOthers(SharedServers.mysql());
    }

    @Test
    void waitsForNoRowOfOthersMariaDb() throws Exception {
        waitsForNoRowOfOthers(SharedServers.mariadb());
    }

    /** Of a table that was just altered the server believes that it is empty, and that reading all of it is cheapest. */
    private static void waitsForNoRowOfOthers(DatabaseServer server) throws Exception {
        String database = Databases.create(server, "held");
        server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, n INT)");
        TableLine table = Tables.table(1, database, "t", List.of("id int", "n int"), List.of(0), List.of());
        MessageBuilder inserts = new MessageBuilder().transaction();
        MessageBuilder updates = new MessageBuilder().transaction();
        for (int id = 0; id < 1_000; id++) {
            inserts.insert(table, "" + id, "1");
            if (id % 2 == 0) {
                updates.update(table, new String[] {"" + id, "1"}, new String[] {"" + id, "2"});
            }
        }
        Partition partition = new Partition(database, 0);
        try (TargetWriter writer = TestWriters.of(server);
                Connection other = server.connect(database);
                Statement statement = other.createStatement()) {
            writer.watermark(partition);
            writer.write(Rows.batch(partition, Watermark.NONE, inserts.build(1, 1)));
            statement.execute("ALTER TABLE t MODIFY n BIGINT");
            other.setAutoCommit(false);
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            statement.executeUpdate("UPDATE t SET n = 3 WHERE id = 501");

            assertThat(writer.write(Rows.batch(partition, new Watermark(1, 1_000), updates.build(1, 1_001))))
                    .isEqualTo(new WriteOutcome.Written(0));
        }
    }

    /** The server writes such a column by itself where an update leaves it out; at the source it stayed. */
    @ParameterizedTest
    @CsvSource({"MYSQL,PRIMARY KEY (id)", "MARIADB,PRIMARY KEY (id)", "MYSQL,KEY (id)", "MARIADB,KEY (id)"})
    void aColumnThatTheServerStampsStaysAsTheSourceHasIt(DataSource.Kind kind, String key) throws Exception {
        DatabaseServer server = kind == DataSource.Kind.MYSQL ? SharedServers.mysql() : SharedServers.mariadb();
        String database = Databases.create(server, "stamped");
        server.execute("CREATE TABLE " + database
                + ".t (id INT NOT NULL, n INT, at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"
                + " ON UPDATE CURRENT_TIMESTAMP, " + key + ")");
        boolean keyed = key.startsWith("PRIMARY");
        TableLine table = Tables.table(
                1,
                database,
                "t",
                List.of("id int", "n int", "at timestamp"),
                keyed ? List.of(0) : List.of(),
                List.of());
        String then = "\"2020-02-02 02:02:02\"";
        MessageBuilder inserts = new MessageBuilder().transaction();
        MessageBuilder updates = new MessageBuilder().transaction();
        for (int id = 0; id < 20; id++) {
            inserts.insert(table, "" + id, "1", then);
            updates.update(table, new String[] {"" + id, "1", then}, new String[] {"" + id, "2", then});
        }
        for (int id = 0; id < 20 && keyed; id++) {
            updates.partUpdate(table, new String[] {"" + id, "2", null}, new String[] {"" + id, "3", null});
        }
        Partition partition = new Partition(database, 0);
        try (TargetWriter writer = TestWriters.of(server)) {
            writer.watermark(partition);
            writer.write(Rows.batch(partition, Watermark.NONE, inserts.build(1, 1)));
            writer.write(Rows.batch(partition, new Watermark(1, 20), updates.build(1, 21)));
        }
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT COUNT(*), SUM(n) FROM " + database + ".t WHERE at = '2020-02-02 02:02:02'")) {
            result.next();
            assertThat(result.getInt(1)).isEqualTo(20);
            assertThat(result.getInt(2)).isEqualTo(keyed ? 60 : 40);
        }
    }
}
