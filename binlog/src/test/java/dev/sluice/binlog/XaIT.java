package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of an XA transaction come at its commit, wherever it was prepared, and never after a rollback. */
class XaIT {
    private static final String LAST = "9";

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_8_0", "MARIADB_10_11"})
    void rowsComeWithTheOutcome(TestSource source) throws Exception {
        check(source);
    }

    @ParameterizedTest
    @Tag("extended")
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_9_7", "MARIADB_11_4"})
    void rowsComeWithTheOutcomeOnOtherVersions(TestSource source) throws Exception {
        assumeTrue(source.available());
        check(source);
    }

    @Test
    void aTransactionWhosePreparingIsPurgedStopsTheReader() throws Exception {
        try (MySqlServer server = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            String schema = Databases.create(server);
            server.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v LONGTEXT)");
            prepare(server, schema, "p1", 1, "REPEAT('x', 10)");
            server.execute("FLUSH BINARY LOGS");
            FilePosition behind = TestSource.positions(server).current();
            server.execute("PURGE BINARY LOGS TO '" + behind.file() + "'", "XA COMMIT 'p1'");
            try (BinlogReader reader = BinlogReader.open(TestSource.options(server), behind)) {
                Collected found = new Collected(schema);
                assertThatThrownBy(() -> found.readUntil(reader, () -> false))
                        .isInstanceOf(BinlogFormatException.class)
                        .hasMessageContaining("purged");
            }
        }
    }

    private static void check(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v LONGTEXT)");
        FilePosition start = TestSource.positions(server).current();
        prepare(server, schema, schema + "a", 1, "REPEAT('x', 10)");
        prepare(server, schema, schema + "b", 2, "REPEAT('y', 3000000)");
        prepare(server, schema, schema + "c", 3, "'taken back'");
        onePhase(server, schema, 4, "'at once'");
        onePhase(server, schema, 5, "REPEAT('z', 3000000)");
        server.execute("FLUSH BINARY LOGS", "INSERT INTO " + schema + ".t VALUES (6, 'plain')");
        FilePosition between = TestSource.positions(server).current();
        server.execute("XA COMMIT '" + schema + "b'", "XA ROLLBACK '" + schema + "c'");
        // a name may be used again
        prepare(server, schema, schema + "c", 7, "'second use'");
        FilePosition later = TestSource.positions(server).current();
        server.execute(
                "XA COMMIT '" + schema + "c'",
                "XA COMMIT '" + schema + "a'",
                "INSERT INTO " + schema + ".t VALUES (" + LAST + ", NULL)");

        List<Collected.Transaction> whole = read(server, schema, start);
        assertThat(ids(whole)).containsExactly("4", "5", "6", "2", "7", "1", LAST);
        assertThat(whole.get(3).rows().get(0).cells().get(1)).hasSize(3_000_002);
        assertThat(whole)
                .allSatisfy(each -> assertThat(each.end().get(0).committed()).isTrue());

        // whoever begins between prepare and commit finds the rows by reading back
        assertThat(told(read(server, schema, between))).isEqualTo(told(whole.subList(3, 7)));
        assertThat(told(read(server, schema, later))).isEqualTo(told(whole.subList(4, 7)));
        for (Collected.Transaction each : whole) {
            FilePosition place =
                    new FilePosition(each.start().file(), each.start().startOffset());
            assertThat(told(read(server, schema, place)).get(0))
                    .isEqualTo(told(List.of(each)).get(0));
        }
    }

    private static List<Collected.Transaction> read(DatabaseServer server, String schema, FilePosition from)
            throws Exception {
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), from)) {
            Collected found = new Collected(schema);
            found.readUntil(reader, () -> {
                List<Collected.Transaction> own = found.own();
                return ids(own).contains(LAST) && !own.get(own.size() - 1).end().isEmpty();
            });
            return found.own();
        }
    }

    /** All but the tables, which are others for each reader. */
    private static List<?> told(List<Collected.Transaction> transactions) {
        return transactions.stream()
                .map(each -> List.of(
                        each.start(),
                        each.end(),
                        each.rows().stream().map(Collected.Row::cells).toList()))
                .toList();
    }

    private static List<String> ids(List<Collected.Transaction> transactions) {
        return transactions.stream()
                .flatMap(each -> each.rows().stream())
                .map(row -> row.cells().get(0))
                .toList();
    }

    private static void prepare(DatabaseServer server, String schema, String xid, int id, String value)
            throws Exception {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("XA START '" + xid + "'");
            statement.execute("INSERT INTO t VALUES (" + id + ", " + value + ")");
            statement.execute("XA END '" + xid + "'");
            statement.execute("XA PREPARE '" + xid + "'");
        }
    }

    private static void onePhase(DatabaseServer server, String schema, int id, String value) throws Exception {
        String xid = schema + id;
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("XA START '" + xid + "'");
            statement.execute("INSERT INTO t VALUES (" + id + ", " + value + ")");
            statement.execute("XA END '" + xid + "'");
            statement.execute("XA COMMIT '" + xid + "' ONE PHASE");
        }
    }
}
