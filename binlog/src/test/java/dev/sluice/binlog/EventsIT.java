package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.binlog.event.EventType;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events around the rows: where transactions stand, what they are called and what is no change at all. */
class EventsIT {
    private static final int POSITION = 13;
    private static final int FLAGS = 17;

    @Test
    void severalDomainsAreReadInTheOrderOfTheLogAndResumedByTheLastGtidOfEach() throws Exception {
        DatabaseServer server = TestSource.MARIADB_10_11.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".d (id INT PRIMARY KEY)");
        SourcePositions before = TestSource.positions(server);
        try (Connection one = server.connect(schema);
                Connection two = server.connect(schema);
                Statement first = one.createStatement();
                Statement second = two.createStatement()) {
            first.execute("SET SESSION gtid_domain_id=31");
            second.execute("SET SESSION gtid_domain_id=32, gtid_seq_no=1000");
            for (int i = 0; i < 6; i++) {
                (i % 3 == 0 ? first : second).execute("INSERT INTO d VALUES (" + i + ")");
            }
        }
        List<Collected.Transaction> all = read(server, schema, before.current(), 6);
        assertThat(all)
                .extracting(each -> each.start().gtid().split("-")[0])
                .containsExactly("31", "32", "32", "31", "32", "32");
        MariaDbGtidList read = MariaDbGtidList.parse(before.executedGtids());
        for (int i = 0; i < 5; i++) {
            read.add(String.valueOf(all.get(i).start().gtid()));
            assertThat(read(server, schema, new GtidPosition(read.toString()), 5 - i))
                    .extracting(Collected.Transaction::start)
                    .isEqualTo(all.subList(i + 1, 6).stream()
                            .map(Collected.Transaction::start)
                            .toList());
        }
    }

    @Test
    void anAlterThatIsGivenUpIsNoChange() throws Exception {
        DatabaseServer server = TestSource.MARIADB_10_11.server();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".a (id INT PRIMARY KEY, v INT)",
                "INSERT INTO " + schema + ".a VALUES (1,1),(2,1)");
        SourcePositions before = TestSource.positions(server);
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_alter_two_phase=ON");
            try {
                statement.execute("ALTER TABLE a ADD UNIQUE KEY (v)");
                throw new AssertionError("the values are not unique");
            } catch (SQLException e) {
                assertThat(e.getMessage()).contains("Duplicate");
            }
            statement.execute("ALTER TABLE a ADD COLUMN w INT");
            statement.execute("INSERT INTO a VALUES (3,3,3)");
        }
        assertThat(RecordedLog.statements(server, before.current()))
                .anyMatch(sql -> sql.startsWith("ALTER TABLE a ADD UNIQUE"));
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            Collected found = new Collected(schema).readRows(reader, 1);
            assertThat(found.ddl).extracting(DdlStatement::sql).containsExactly("ALTER TABLE a ADD COLUMN w INT");
            assertThat(found.rows.get(0).array()).isEqualTo("3,3,3");
        }
    }

    @Test
    void transactionsWithoutGtidsAreResumedByTheirPlace() throws Exception {
        try (MySqlServer server = MySqlServer.start(
                MySqlVersion.V8_0_15,
                ServerOptions.defaults().with("--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"))) {
            String schema = Databases.create(server);
            server.execute("CREATE TABLE " + schema + ".n (id INT PRIMARY KEY)");
            FilePosition start = TestSource.positions(server).current();
            for (int i = 0; i < 4; i++) {
                server.execute("INSERT INTO " + schema + ".n VALUES (" + i + ")");
                if (i == 1) {
                    server.execute("FLUSH BINARY LOGS");
                }
            }
            List<Collected.Transaction> all = read(server, schema, start, 4);
            assertThat(all).allSatisfy(each -> {
                assertThat(each.start().gtid()).isNull();
                assertThat(each.start().commitMicros()).isGreaterThan(1_700_000_000_000_000L);
            });
            assertThat(all.get(1).start().file()).isEqualTo(start.file());
            assertThat(all.get(2).start().file())
                    .as("behind the rotation")
                    .isNotEqualTo(start.file())
                    .isEqualTo(TestSource.positions(server).current().file());
            for (int i = 0; i < 4; i++) {
                TransactionStart each = all.get(i).start();
                assertThat(read(server, schema, new FilePosition(each.file(), each.startOffset()), 4 - i))
                        .extracting(Collected.Transaction::start)
                        .isEqualTo(all.subList(i, 4).stream()
                                .map(Collected.Transaction::start)
                                .toList());
            }
        }
    }

    /** The same events as if they stood around a multiple of 4 GB, where the 32 bits of their positions begin anew. */
    @Test
    void placesBeyondFourGigabytesAreWhole() throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".p (id INT PRIMARY KEY, v VARCHAR(200))", "FLUSH BINARY LOGS");
        String file = TestSource.positions(server).current().file();
        for (int i = 0; i < 20; i++) {
            server.execute("INSERT INTO " + schema + ".p VALUES (" + i + ", REPEAT('x', 200))");
        }
        server.execute("FLUSH BINARY LOGS");
        RecordedLog log = RecordedLog.of(server, file);
        Collected here = new Collected(schema);
        RecordedLog.decode(RecordedLog.packets(log.events()), file, 4, here);
        assertThat(here.rows).hasSize(20);

        for (long shift : new long[] {(1L << 32) - 3_000, 3 * (1L << 32) - 5_000, 5_000_000_000L}) {
            List<byte[]> moved = new ArrayList<>();
            for (byte[] event : log.events()) {
                moved.add(moved(event, shift));
            }
            moved.add(heartbeat(file, shift + 9_999));
            Collected there = new Collected(schema);
            RecordedLog.decode(RecordedLog.packets(moved), file, shift, there);
            assertThat(places(there, 0)).isEqualTo(places(here, shift));
            assertThat(there.moves.get(there.moves.size() - 1)).isEqualTo(file + ":" + (shift + 9_999));
        }
    }

    private static List<List<Long>> places(Collected found, long shift) {
        return found.transactions.stream()
                .map(each -> List.of(
                        each.start().startOffset() + shift, each.end().get(0).endOffset() + shift))
                .toList();
    }

    /** An event of a file at another place; those that the server makes up keep theirs. */
    private static byte[] moved(byte[] event, long shift) {
        byte[] copy = event.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        if (RecordedLog.type(event) == EventType.ROTATE) {
            buffer.putLong(RecordedLog.HEADER, shift + 4);
        } else if (RecordedLog.type(event) == EventType.FORMAT_DESCRIPTION) {
            buffer.putInt(POSITION, 0);
        } else {
            buffer.putInt(POSITION, (int) (buffer.getInt(POSITION) + shift));
        }
        return RecordedLog.sealed(copy);
    }

    private static byte[] heartbeat(String file, long offset) {
        byte[] name = file.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer event = ByteBuffer.allocate(RecordedLog.HEADER + 2 + name.length + 3 + 8 + 1 + 4)
                .order(ByteOrder.LITTLE_ENDIAN);
        event.put(RecordedLog.TYPE, (byte) EventType.HEARTBEAT_V2).putShort(FLAGS, (short) 0);
        event.position(RecordedLog.HEADER);
        event.put((byte) 1).put((byte) name.length).put(name);
        event.put((byte) 2).put((byte) 9).put((byte) 0xfe).putLong(offset).put((byte) 0);
        return RecordedLog.sealed(event.array());
    }

    private static List<Collected.Transaction> read(
            DatabaseServer server, String schema, BinlogPosition position, int rows) throws Exception {
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), position)) {
            return new Collected(schema).readRows(reader, rows).own();
        }
    }
}
