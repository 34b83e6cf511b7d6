package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only newer versions of MySQL write into their log. */
class MySql9IT {
    private static final TestSource SOURCE = TestSource.MYSQL_9_7;

    @BeforeEach
    void requireServer() {
        assumeTrue(SOURCE.available());
    }

    @Test
    void compressedTransactionsAreReadEventByEvent() throws Exception {
        DatabaseServer server = SOURCE.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".z (id INT PRIMARY KEY, v LONGTEXT)");
        SourcePositions before = TestSource.positions(server);
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_transaction_compression=ON, cte_max_recursion_depth=100000");
            statement.execute(
                    "INSERT INTO z WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i+1 FROM n WHERE i < 20000)"
                            + " SELECT i, REPEAT('v', 100) FROM n");
            statement.execute("UPDATE z SET v='short' WHERE id=7");
            statement.execute("INSERT INTO z VALUES (0, REPEAT('w', 5000000))");
        }
        server.execute("INSERT INTO " + schema + ".z VALUES (-1, 'plain')");
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema).readRows(reader, 20003);
            List<Collected.Transaction> own = found.own();
            assertThat(own).hasSize(4);
            assertThat(own.get(0).rows()).hasSize(20000);
            assertThat(own.get(0).rows().get(19999).cells().get(0)).isEqualTo("20000");
            assertThat(own.get(0).end().get(0).committed()).isTrue();
            assertThat(own.get(1).rows().get(0).old()).containsOnlyKeys("v");
            assertThat(own.get(2).rows().get(0).cells().get(1)).hasSize(5_000_002);
            assertThat(own.get(1).start().startOffset())
                    .isEqualTo(own.get(0).end().get(0).endOffset());
            TransactionStart third = own.get(2).start();
            try (BinlogReader again = BinlogReader.open(
                    TestSource.options(server), new FilePosition(third.file(), third.startOffset()))) {
                assertThat(new Collected(schema).readRows(again, 2).own().get(0).start())
                        .isEqualTo(third);
            }
        }
    }

    @Test
    void taggedGtidsAreReadAndResumedFrom() throws Exception {
        DatabaseServer server = SOURCE.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".g (id INT PRIMARY KEY)");
        SourcePositions before = TestSource.positions(server);
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET gtid_next='AUTOMATIC:sluice_tag'");
            statement.execute("INSERT INTO g VALUES (1)");
            statement.execute("INSERT INTO g VALUES (2)");
            statement.execute("SET gtid_next='AUTOMATIC'");
            statement.execute("INSERT INTO g VALUES (3)");
            try (ResultSet rows = statement.executeQuery("SELECT @@server_uuid")) {
                rows.next();
                List<Collected.Transaction> own = read(server, schema, before.current(), 3);
                assertThat(own.get(0).start().gtid()).matches(rows.getString(1) + ":sluice_tag:\\d+");
                assertThat(own.get(2).start().gtid()).matches(rows.getString(1) + ":\\d+");
                assertThat(own.get(0).start().commitMicros()).isGreaterThan(1_700_000_000_000_000L);
                GtidSet read = GtidSet.parse(before.executedGtids());
                read.add(String.valueOf(own.get(0).start().gtid()));
                List<Collected.Transaction> rest = read(server, schema, new GtidPosition(read.toString()), 2);
                assertThat(rest)
                        .extracting(Collected.Transaction::start)
                        .isEqualTo(List.of(own.get(1).start(), own.get(2).start()));
                GtidSet executed = GtidSet.parse(TestSource.positions(server).executedGtids());
                assertThat(executed.contains(read)).isTrue();
            }
        }
    }

    @Test
    void vectorsAndInvisibleColumnsAreInTheImage() throws Exception {
        DatabaseServer server = SOURCE.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".v (id INT PRIMARY KEY, e VECTOR(3), h INT INVISIBLE DEFAULT 5,"
                + " g INT GENERATED ALWAYS AS (id * 2) STORED)");
        SourcePositions before = TestSource.positions(server);
        server.execute("INSERT INTO " + schema + ".v (id, e) VALUES (1, STRING_TO_VECTOR('[1,2,3]'))");
        Collected.Row row =
                read(server, schema, before.current(), 1).get(0).rows().get(0);
        assertThat(row.array()).isEqualTo("1,\"AACAPwAAAEAAAEBA\",5,2");
        assertThat(row.table().columns().get(1).type()).isEqualTo("vector");
        assertThat(row.table().columns().get(2).visible()).isFalse();
        assertThat(row.table().columns().get(1).visible()).isTrue();
    }

    private static List<Collected.Transaction> read(
            DatabaseServer server, String schema, BinlogPosition position, int rows) throws Exception {
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), position)) {
            return new Collected(schema).readRows(reader, rows).own();
        }
    }
}
