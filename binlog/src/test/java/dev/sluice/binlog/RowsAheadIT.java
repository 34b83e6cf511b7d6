package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.binlog.event.EventType;
import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever threads that decode ahead do, a handler is called the same way as without them: with statements, row images in
 * part, passed-over rows and savepoints in between, in whatever pieces the log arrives, and where it is damaged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowsAheadIT {
    private static final int TRANSACTIONS = 80;
    private static final int DAMAGED = Integer.getInteger("sluice.fuzz", 100);

    /** What the threads do with the work that they are given. */
    private enum Threads {
        AT_ONCE,
        NEVER,
        IN_TIME_OR_NOT
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void callsAreThoseOfTheReaderAlone(Threads threads) throws Exception {
        same(TestSource.MYSQL_8_0, threads);
    }

    @ParameterizedTest
    @EnumSource(value = TestSource.class, names = "MYSQL_8_0", mode = EnumSource.Mode.EXCLUDE)
    @Tag("extended")
    void callsAreThoseOfTheReaderAloneFromOtherServers(TestSource source) throws Exception {
        assumeTrue(source.available());
        same(source, Threads.IN_TIME_OR_NOT);
    }

    @Test
    void damageIsFoundAtTheSamePlace() throws Exception {
        Random random = seeded();
        RecordedLog log = recorded(TestSource.MYSQL_8_0, random, 40);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        int failed = 0;
        try {
            for (int run = 0; run < DAMAGED; run++) {
                List<byte[]> events = new ArrayList<>(
                        random.nextBoolean() ? log.events() : log.plain().events());
                for (int i = random.nextInt(3); i >= 0; i--) {
                    FuzzIT.damage(events, random);
                }
                byte[] packets = RecordedLog.packets(events);
                Calls alone = calls(new ByteArrayInputStream(packets), run, null);
                assertSame(calls(new ByteArrayInputStream(packets), run, pool), alone);
                failed += alone.all.get(alone.all.size() - 1).startsWith("failed") ? 1 : 0;
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(failed).isGreaterThan(DAMAGED / 20);
    }

    private static void same(TestSource source, Threads threads) throws Exception {
        Random random = seeded();
        RecordedLog log = recorded(source, random, TRANSACTIONS);
        byte[] recorded = RecordedLog.packets(log.events());
        byte[] renumbered = RecordedLog.packets(
                log.events().stream().map(RowsAheadIT::withAnotherTableNumber).toList());
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int run = 0; run < 3; run++) {
                byte[] packets = run == 2 ? renumbered : recorded;
                Calls alone = calls(new ByteArrayInputStream(packets), run, null);
                assertThat(alone.all.get(alone.all.size() - 1)).doesNotStartWith("failed");
                Random chance = new Random(random.nextLong());
                Executor executor =
                        switch (threads) {
                            case AT_ONCE -> Runnable::run;
                            case NEVER -> work -> {};
                            case IN_TIME_OR_NOT -> work -> capricious(work, chance, pool);
                        };
                Calls ahead =
                        calls(run == 0 ? new ByteArrayInputStream(packets) : pieces(packets, chance), run, executor);
                assertSame(ahead, alone);
                System.out.println("RowsAheadIT " + source + " " + threads + ": " + ahead.ready + " of "
                        + ahead.rowsEvents + " events were ready");
                if (run == 0 && !source.isMariaDb()) {
                    assertThat(ahead.ready).isGreaterThan(ahead.rowsEvents / 5);
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void assertSame(Calls ahead, Calls alone) {
        int until = Math.min(ahead.all.size(), alone.all.size());
        for (int i = 0; i < until; i++) {
            assertThat(ahead.all.get(i)).as("call %d", i).isEqualTo(alone.all.get(i));
        }
        assertThat(ahead.all).hasSameSizeAs(alone.all);
    }

    /** As after a restart of the server all the time: numbers stand for other tables than before. */
    private static byte[] withAnotherTableNumber(byte[] event) {
        int type = RecordedLog.type(event);
        if (type != EventType.TABLE_MAP && RowEvents.op(type) == null) {
            return event;
        }
        byte[] other = event.clone();
        other[RecordedLog.HEADER] = (byte) (event[RecordedLog.HEADER] & 1);
        Arrays.fill(other, RecordedLog.HEADER + 1, RecordedLog.HEADER + 6, (byte) 0);
        return RecordedLog.sealed(other);
    }

    private static Random seeded() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("RowsAheadIT seed " + seed + " (-Dsluice.seed=" + seed + ")");
        return new Random(seed);
    }

    private static void capricious(Runnable work, Random chance, Executor pool) {
        switch (chance.nextInt(4)) {
            case 0 -> {
                // never
            }
            case 1 -> work.run();
            case 2 -> pool.execute(work);
            default -> {
                long micros = chance.nextInt(300);
                pool.execute(() -> {
                    for (long until = System.nanoTime() + micros * 1000; System.nanoTime() < until; ) {
                        Thread.onSpinWait();
                    }
                    work.run();
                });
            }
        }
    }

    private static Calls calls(InputStream packets, int seed, @Nullable Executor threads) {
        Calls calls = new Calls(seed);
        try {
            calls.ready = RecordedLog.decode(packets, "log.000001", 4, calls, threads);
        } catch (IOException e) {
            calls.all.add("failed: " + e.getMessage());
        }
        return calls;
    }

    /** Bytes that arrive in pieces of any size. */
    private static InputStream pieces(byte[] packets, Random chance) {
        return new ByteArrayInputStream(packets) {
            @Override
            public int available() {
                return chance.nextInt(3) == 0 ? 0 : super.available();
            }

            @Override
            public int read(byte[] target, int from, int length) {
                int most = 1 + chance.nextInt(chance.nextInt(20) == 0 ? 600_000 : 80_000);
                return super.read(target, from, Math.min(length, most));
            }
        };
    }

    private static RecordedLog recorded(TestSource source, Random random, int transactions) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("FLUSH BINARY LOGS");
        String file = TestSource.positions(server).current().file();
        try (Connection connection = server.connect(schema)) {
            connection.setAutoCommit(false);
            Workload workload = new Workload(connection, random);
            for (int i = 0; i < transactions; i++) {
                workload.transaction();
            }
        }
        server.execute("FLUSH BINARY LOGS");
        return RecordedLog.of(server, file);
    }

    /** Random changes of three tables, and of what they look like. */
    private static final class Workload {
        private final Connection connection;
        private final Random random;
        private int added;

        Workload(Connection connection, Random random) throws SQLException {
            this.connection = connection;
            this.random = random;
            execute("CREATE TABLE a (id BIGINT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(3000), d DOUBLE, t DATETIME(3))");
            execute("CREATE TABLE b (id INT PRIMARY KEY AUTO_INCREMENT)");
            execute("CREATE TABLE c (id INT PRIMARY KEY AUTO_INCREMENT, w VARCHAR(200) CHARACTER SET utf16, x LONGBLOB,"
                    + " u VARCHAR(60))");
        }

        void transaction() throws SQLException {
            if (random.nextInt(40) == 0) {
                execute("ALTER TABLE " + table() + " ADD COLUMN n" + added++ + " INT DEFAULT " + random.nextInt(100));
            }
            boolean inPart = random.nextInt(10) == 0;
            execute("SET SESSION binlog_row_image=" + (inPart ? "MINIMAL" : "FULL"));
            for (int i = random.nextInt(3); i >= 0; i--) {
                change();
            }
            if (random.nextInt(10) == 0) {
                execute("SAVEPOINT s");
                change();
            }
            connection.commit();
        }

        private void change() throws SQLException {
            switch (random.nextInt(8)) {
                case 0 -> execute("DELETE FROM " + table() + " ORDER BY id LIMIT " + random.nextInt(200));
                case 1 -> execute("UPDATE a SET d = d / 3, v = CONCAT(v, '\"') ORDER BY id DESC LIMIT 30");
                case 2 ->
                    execute("UPDATE c SET u = CONCAT(IFNULL(u, ''), 'z') WHERE LENGTH(IFNULL(u, '')) < 50 LIMIT 40");
                case 3 -> insert("INSERT INTO b VALUES ()", random.nextInt(600), false);
                case 4 ->
                    insert(
                            "INSERT INTO c (w, x) VALUES ('w\u20ac', REPEAT(?, 1 + RAND() * 900))",
                            1 + random.nextInt(20),
                            true);
                default -> insert("INSERT INTO a (v, d, t) VALUES (?, RAND(), NOW(3))", 1 + random.nextInt(60), true);
            }
        }

        private void insert(String sql, int rows, boolean text) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (int i = 0; i < rows; i++) {
                    if (text) {
                        insert.setString(1, "\\t".repeat(1 + random.nextInt(9)));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }

        private String table() {
            return String.valueOf("abc".charAt(random.nextInt(3)));
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** Writes down every call, wants some rows only, and changes rows that it was given. */
    private static final class Calls implements BinlogHandler {
        private final List<String> all = new ArrayList<>();
        private final Random choice;
        private long rowsEvents;
        private long ready;

        Calls(int seed) {
            choice = new Random(seed);
        }

        @Override
        public void transactionStarted(TransactionStart start) {
            all.add(start.toString());
        }

        @Override
        public @Nullable TableShape shapeOf(BareTable table) {
            return null; // as of a table that is not known
        }

        @Override
        public boolean wants(TableShape table, RowOp op, int bytes) {
            boolean wanted = choice.nextInt(10) > 0;
            rowsEvents++;
            all.add((wanted ? "wants " : "passes over ") + table + " " + op + " " + bytes);
            return wanted;
        }

        @Override
        public void row(TableShape table, DecodedRow row) {
            all.add(text(table, row));
            if (row.complete() && choice.nextInt(5) == 0) {
                row.keep(IntStream.range(0, row.columnCount())
                        .filter(i -> choice.nextBoolean())
                        .toArray());
                all.add("kept " + (row.columnCount() == 0 ? "nothing" : text(table, row)));
            }
        }

        private static String text(TableShape table, DecodedRow row) {
            StringBuilder text = new StringBuilder(table + " " + row.op() + " ")
                    .append(new String(
                            row.bytes(), row.imageStart(), row.imageEnd() - row.imageStart(), StandardCharsets.UTF_8));
            for (int i = 0; i < row.columnCount(); i++) {
                text.append('|').append(row.cell(i)).append(row.changed(i) ? " was " + row.oldCell(i) : "");
            }
            // whole texts of all rows would not fit into memory
            CRC32 sum = new CRC32();
            sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
            return sum.getValue() + " " + text.substring(0, Math.min(80, text.length()));
        }

        @Override
        public void ddl(DdlStatement statement) {
            all.add(statement.toString());
        }

        @Override
        public void transactionEnded(TransactionEnd end) {
            all.add(end.toString());
        }

        @Override
        public void positionMoved(String file, long offset) {
            all.add(file + ":" + offset);
        }
    }
}
