package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions, positions and statements as the log of a real server has them. */
class ReadingIT {

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void resumesAtEachTransactionByFileAndByGtid(TestSource source) throws Exception {
        assumeTrue(source.available());
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, v INT)");
        SourcePositions before = TestSource.positions(server);
        for (int i = 1; i <= 5; i++) {
            server.execute("INSERT INTO " + schema + ".t VALUES (" + i + "," + i + "),(" + (100 + i) + ",0)");
        }
        server.execute("FLUSH BINARY LOGS", "INSERT INTO " + schema + ".t VALUES (6,6),(106,0)");
        List<Collected.Transaction> all =
                readAll(server, schema, before.current(), 12).own();
        assertThat(all).hasSize(6);
        assertThat(all).allSatisfy(each -> {
            assertThat(each.start().gtid()).isNotNull();
            assertThat(each.rows()).hasSize(2);
            assertThat(each.end()).hasSize(1);
            assertThat(each.end().get(0).committed()).isTrue();
        });
        assertThat(all.get(5).start().file()).isNotEqualTo(all.get(4).start().file());
        long now = System.currentTimeMillis() * 1000;
        assertThat(all.get(0).start().commitMicros()).isBetween(now - 600_000_000L, now + 5_000_000L);

        for (int i = 0; i < all.size(); i++) {
            TransactionStart start = all.get(i).start();
            FilePosition place = new FilePosition(start.file(), start.startOffset());
            Collected again = readAll(server, schema, place, 2 * (all.size() - i));
            assertThat(again.transactions.get(0).start()).isEqualTo(start);
            assertThat(again.own().stream().map(Collected.Transaction::start).toList())
                    .isEqualTo(all.subList(i, all.size()).stream()
                            .map(Collected.Transaction::start)
                            .toList());
        }

        for (int i = 0; i < all.size() - 1; i++) {
            GtidPosition position = source.isMariaDb()
                    ? mariaDbPosition(before, all.subList(0, i + 1))
                    : mySqlPosition(before, all.subList(0, i + 1));
            Collected again = readAll(server, schema, position, 2 * (all.size() - i - 1));
            assertThat(again.own().get(0).start()).isEqualTo(all.get(i + 1).start());
        }
    }

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void statementsComeAsTheirOwnTransactions(TestSource source) throws Exception {
        assumeTrue(source.available());
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        SourcePositions before = TestSource.positions(server);
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE d (id INT PRIMARY KEY, v VARCHAR(9)) COMMENT '\u00e9\u4e2d'");
            statement.execute("ALTER TABLE d ADD COLUMN w INT, ADD KEY k (w)");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO d VALUES (1,'a',1)");
            statement.execute("SAVEPOINT s");
            statement.execute("INSERT INTO d VALUES (2,'b',1)");
            statement.execute("ROLLBACK TO s");
            statement.execute("INSERT INTO d VALUES (3,'c',1)");
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("TRUNCATE TABLE d");
            // before 8.0.21 GTIDs forbid it
            if (source == TestSource.MYSQL_8_0) {
                statement.execute("CREATE TABLE e (x INT)");
                statement.execute("INSERT INTO e VALUES (7)");
            } else {
                statement.execute("CREATE TABLE e AS SELECT 7 AS x");
            }
            statement.execute("DROP TABLE d");
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema);
            found.readUntil(
                    reader,
                    () -> found.ddl.size() >= 5
                            && found.ddl.stream().anyMatch(d -> d.sql().contains("DROP")));
            assertThat(found.ddl.get(0).sql()).startsWith("CREATE TABLE d").contains("\u00e9\u4e2d");
            assertThat(found.ddl.get(1).sql()).startsWith("ALTER TABLE d");
            assertThat(found.ddl.get(2).sql()).containsIgnoringCase("TRUNCATE");
            assertThat(found.rows)
                    .extracting(row -> row.cell(row.table().columns().get(0).name()))
                    .containsExactly("1", "3", "7");
            List<Collected.Transaction> own = found.own();
            assertThat(own.get(0).ddl().get(0).offset())
                    .isEqualTo(own.get(0).start().startOffset());
            assertThat(own.get(2).rows()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void theTableMapTellsKeysTypesAndCharsets(TestSource source) throws Exception {
        assumeTrue(source.available());
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".k (a INT NOT NULL, b VARCHAR(40) CHARACTER SET utf8mb4 COLLATE"
                + " utf8mb4_bin NOT NULL, c BIGINT UNSIGNED, d DECIMAL(18,4), e DATETIME(6), f BINARY(16), g CHAR(9)"
                + " CHARACTER SET latin1, h ENUM('x','y''z'), i TEXT CHARACTER SET utf8mb4, PRIMARY KEY (b(7), a))");
        server.execute("CREATE TABLE " + schema + ".n (a INT, b YEAR, c INT UNSIGNED, d INT, e BIGINT UNSIGNED)");
        SourcePositions before = TestSource.positions(server);
        server.execute(
                "INSERT INTO " + schema + ".k VALUES (1,'b',2,3,NOW(6),'f','g','x','i')",
                "INSERT INTO " + schema + ".k VALUES (2,'b',2,3,NOW(6),'f','g','x','i')",
                "INSERT INTO " + schema + ".n VALUES (-1,2024,4294967295,-1,18446744073709551615)");
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            List<Collected.Row> rows = new Collected(schema).readRows(reader, 3).rows;
            TableShape table = rows.get(0).table();
            assertThat(table.primaryKey()).containsExactly(1, 0);
            assertThat(table.keyPrefixes()).containsExactly(7, 0);
            assertThat(table.keyHasPrefix()).isTrue();
            assertThat(table.columns().stream().map(ColumnShape::type))
                    .containsExactly(
                            "int",
                            "varchar(40)",
                            "bigint unsigned",
                            "decimal(18,4)",
                            "datetime(6)",
                            "binary(16)",
                            "char(9)",
                            "enum('x','y''z')",
                            "text");
            assertThat(table.columns().get(1).charset()).isEqualTo("utf8mb4");
            assertThat(table.columns().get(1).collation()).isEqualTo(46);
            assertThat(table.columns().get(6).charset()).isEqualTo("latin1");
            assertThat(table.columns().get(0).nullable()).isFalse();
            assertThat(table.columns().get(2).nullable()).isTrue();
            assertThat(rows.get(1).table())
                    .as("equal table maps give the same object")
                    .isSameAs(table);
            assertThat(rows.get(2).table().primaryKey()).isEmpty();
            assertThat(rows.get(2).array()).isEqualTo("-1,2024,4294967295,-1,18446744073709551615");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_8_0", "MARIADB_10_11"})
    void aRowOf20MegabytesArrivesWhole(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".big (id INT PRIMARY KEY, v LONGTEXT CHARACTER SET utf8mb4)");
        SourcePositions before = TestSource.positions(server);
        int length = 40 * 1024 * 1024 + 17;
        server.execute(
                "INSERT INTO " + schema + ".big VALUES (1, REPEAT('abcdefgh', 2621440)), (2, 'small')",
                "INSERT INTO " + schema + ".big VALUES (3, CONCAT(REPEAT('x', " + length + "), '\u00e9\"'))",
                "INSERT INTO " + schema + ".big VALUES (4, 'after')");
        for (TlsOptions tls : List.of(TlsOptions.disabled(), TlsOptions.preferred())) {
            SourceAddress address =
                    new SourceAddress(server.host(), server.port(), server.user(), server.password(), tls);
            try (BinlogReader reader = BinlogReader.open(TestSource.options(address), before.current())) {
                List<Collected.Row> rows = new Collected(schema).readRows(reader, 4).rows;
                assertThat(rows.get(0).cells().get(1)).hasSize(8 * 2621440 + 2).startsWith("\"abcdefghabc");
                assertThat(rows.get(1).array()).isEqualTo("2,\"small\"");
                assertThat(rows.get(2).cells().get(1))
                        .hasSize(length + 1 + 2 + 2)
                        .endsWith("x\u00e9\\\"\"");
                assertThat(rows.get(3).array()).isEqualTo("4,\"after\"");
            }
        }
    }

    @Test
    void isIdleExactlyWhenNothingIsLeftToRead() throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".i (id INT PRIMARY KEY)");
        SourcePositions before = TestSource.positions(server);
        StringBuilder insert = new StringBuilder("INSERT INTO " + schema + ".i VALUES (0)");
        for (int i = 1; i < 5000; i++) {
            insert.append(",(").append(i).append(')');
        }
        server.execute(insert.toString());
        for (TlsOptions tls : List.of(TlsOptions.disabled(), TlsOptions.required())) {
            SourceAddress address =
                    new SourceAddress(server.host(), server.port(), server.user(), server.password(), tls);
            try (BinlogReader reader = BinlogReader.open(TestSource.options(address), before.current())) {
                Collected found = new Collected(schema);
                found.readUntil(reader, () -> found.rows.size() > 10);
                assertThat(reader.idle())
                        .as("bytes of the same transaction are waiting")
                        .isFalse();
                found.readRows(reader, 5000);
                assertThat(reader.idle()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void aReplicaIdThatSomebodyElseTakesIsExplained(TestSource source) throws Exception {
        assumeTrue(source.available());
        SourcePositions now = TestSource.positions(source.server());
        ReaderOptions options = TestSource.options(source.server());
        try (BinlogReader first = BinlogReader.open(options, now.current())) {
            CompletableFuture<Throwable> ended = ending(first);
            try (BinlogReader second = BinlogReader.open(options, now.current())) {
                CompletableFuture<Throwable> other = ending(second);
                // the server serves the last that came
                assertThat(ended.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(ReplicaIdTaken.class)
                        .hasMessageContaining(" " + options.serverId() + " ")
                        .hasMessageContaining("capture.serverId");
                assertThat(other).isNotDone();
            }
        }
    }

    @Test
    void closingFromAnotherThreadEndsTheWait() throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        SourcePositions now = TestSource.positions(server);
        BinlogReader reader = BinlogReader.open(TestSource.options(server), now.current());
        CompletableFuture<Throwable> ended = ending(reader);
        reader.close();
        assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    /** Reads on another thread; completed by what ends that. */
    private static CompletableFuture<Throwable> ending(BinlogReader reader) {
        Collected ignored = new Collected("none");
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        while (true) {
                            reader.readNext(ignored);
                        }
                    } catch (Throwable e) {
                        ended.complete(e);
                    }
                })
                .start();
        return ended;
    }

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void anIdleSourceSendsHeartbeatsWithThePosition(TestSource source) throws Exception {
        assumeTrue(source.available());
        DatabaseServer server = source.server();
        SourcePositions now = TestSource.positions(server);
        ReaderOptions options = new ReaderOptions(TestSource.address(server), 4711, Duration.ofMillis(500));
        try (BinlogReader reader = BinlogReader.open(options, now.current())) {
            Collected found = new Collected("none");
            found.readUntil(reader, () -> found.moves.size() >= 4);
            assertThat(found.moves.get(3)).startsWith(now.current().file() + ":");
        }
    }

    @Test
    void whatTheHandlerThrowsEndsTheReader() throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".h (id INT PRIMARY KEY)");
        SourcePositions before = TestSource.positions(server);
        server.execute("INSERT INTO " + schema + ".h VALUES (1)");
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            BinlogHandler failing = new BinlogHandler() {
                @Override
                public void transactionStarted(TransactionStart transaction) {}

                @Override
                public void row(TableShape table, DecodedRow row) {
                    throw new IllegalStateException("mine");
                }

                @Override
                public void ddl(DdlStatement statement) {}

                @Override
                public void transactionEnded(TransactionEnd end) {}

                @Override
                public void positionMoved(String file, long offset) {}
            };
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            reader.readNext(failing);
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("mine");
            assertThatThrownBy(() -> reader.readNext(failing))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("failed before");
        }
    }

    private static Collected readAll(DatabaseServer server, String schema, BinlogPosition position, int rows)
            throws Exception {
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), position)) {
            return new Collected(schema).readRows(reader, rows);
        }
    }

    private static GtidPosition mySqlPosition(SourcePositions before, List<Collected.Transaction> read) {
        GtidSet set = GtidSet.parse(before.executedGtids());
        read.forEach(each -> set.add(String.valueOf(each.start().gtid())));
        return new GtidPosition(set.toString());
    }

    private static GtidPosition mariaDbPosition(SourcePositions before, List<Collected.Transaction> read) {
        MariaDbGtidList list = MariaDbGtidList.parse(before.executedGtids());
        read.forEach(each -> list.add(String.valueOf(each.start().gtid())));
        return new GtidPosition(list.toString());
    }
}
