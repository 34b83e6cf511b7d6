package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only MariaDB writes into its log. */
class MariaDbIT {

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MARIADB_10_11", "MARIADB_11_4"})
    void compressedRowsAndStatementsAreRead(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        SourcePositions before = TestSource.positions(server);
        String comment = "x".repeat(900);
        server.execute("SET GLOBAL log_bin_compress=ON", "SET GLOBAL log_bin_compress_min_len=10");
        try {
            server.execute(
                    "CREATE TABLE " + schema + ".z (id INT PRIMARY KEY, v TEXT) COMMENT '" + comment + "'",
                    "INSERT INTO " + schema + ".z VALUES (1, REPEAT('abc', 5000)), (2, REPEAT('d', 3000))",
                    "UPDATE " + schema + ".z SET v=REPEAT('e', 4000) WHERE id=2",
                    "DELETE FROM " + schema + ".z");
        } finally {
            server.execute("SET GLOBAL log_bin_compress=OFF");
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected("");
            Collected rows = new Collected(schema).readRows(reader, 5);
            assertThat(found.rows).isEmpty();
            assertThat(rows.rows.get(0).cells().get(1)).isEqualTo("\"" + "abc".repeat(5000) + "\"");
            assertThat(rows.rows.get(2).old()).containsEntry("v", "\"" + "d".repeat(3000) + "\"");
            assertThat(rows.rows.get(4).op()).isEqualTo(dev.sluice.binlog.row.RowOp.DELETE);
            assertThat(rows.transactions)
                    .anySatisfy(each -> assertThat(each.start().gtid()).matches("\\d+-\\d+-\\d+"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MARIADB_10_11", "MARIADB_11_4"})
    void compressedColumnsAreInflated(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".c (id INT PRIMARY KEY, t TEXT COMPRESSED, v VARCHAR(2000) COMPRESSED,"
                        + " b BLOB COMPRESSED, s VARCHAR(100) COMPRESSED CHARACTER SET latin1)");
        SourcePositions before = TestSource.positions(server);
        server.execute(
                "INSERT INTO " + schema
                        + ".c VALUES (1, REPEAT('\u00e9ab',1000), REPEAT('xy',500), REPEAT(x'ff00',300), 'kurz')",
                "INSERT INTO " + schema + ".c VALUES (2, '', 'a', x'', REPEAT('\u00e9',100))");
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            List<Collected.Row> rows = new Collected(schema).readRows(reader, 2).rows;
            assertThat(rows.get(0).cell("t")).isEqualTo("\"" + "\u00e9ab".repeat(1000) + "\"");
            assertThat(rows.get(0).cell("v")).isEqualTo("\"" + "xy".repeat(500) + "\"");
            assertThat(rows.get(0).cell("b")).isEqualTo("\"" + "/wD/AP8A".repeat(100) + "\"");
            assertThat(rows.get(0).cell("s")).isEqualTo("\"kurz\"");
            assertThat(rows.get(1).array()).isEqualTo("2,\"\",\"a\",\"\",\"" + "\u00e9".repeat(100) + "\"");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MARIADB_10_11", "MARIADB_11_4"})
    void anAlterInTwoPhasesComesOnce(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".a (id INT PRIMARY KEY)");
        SourcePositions before = TestSource.positions(server);
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_alter_two_phase=ON");
            statement.execute("ALTER TABLE a ADD COLUMN b INT");
            statement.execute("SET SESSION binlog_annotate_row_events=ON, gtid_domain_id=7");
            statement.execute("INSERT INTO a VALUES (1,2)");
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema).readRows(reader, 1);
            assertThat(found.ddl).extracting(DdlStatement::sql).containsExactly("ALTER TABLE a ADD COLUMN b INT");
            assertThat(found.own().get(1).start().gtid()).startsWith("7-");
        }
    }
}
