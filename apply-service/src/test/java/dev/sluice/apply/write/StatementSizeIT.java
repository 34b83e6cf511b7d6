package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statements stay within the server's max_allowed_packet as long as each row does. */
class StatementSizeIT {
    private static final int PACKET = 1 << 20;

    private static DatabaseServer server;

    @BeforeAll
    static void start() {
        server = MySqlServer.start(
                MySqlVersion.V8_0_15, ServerOptions.defaults().with("--max-allowed-packet=" + PACKET));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void manySmallRowsBeforeALargeOneGoInAStatementOfTheirOwn() throws WriteFailed, SQLException {
        String database = Databases.create(server, "size");
        server.execute("CREATE TABLE " + database + ".t (k VARBINARY(1000) PRIMARY KEY, v LONGTEXT)");
        TableLine table =
                Tables.table(1, database, "t", List.of("k varbinary(1000)", "v longtext"), List.of(0), List.of());
        String large = "\"" + "x".repeat(PACKET - 10_000) + "\"";
        String[] keys = new String[950];
        MessageBuilder inserts = new MessageBuilder().transaction();
        MessageBuilder deletes = new MessageBuilder().transaction();
        for (int i = 0; i < keys.length; i++) {
            // 500 of these are more than half a packet in a delete, all but the large row just below it in an insert
            keys[i] = "\"" + "QUJD".repeat(250 + i % 50) + "%04d".formatted(i) + "\"";
            String value = i == 400 || i == 401 ? large : "\"small\"";
            inserts.insert(table, keys[i], value);
            deletes.delete(table, keys[i], value);
        }
        Partition partition = new Partition(database, 0);
        try (TargetWriter writer = TestWriters.of(server)) {
            Watermark watermark = writer.watermark(partition);
            writer.write(Rows.batch(partition, watermark, inserts.build(1, 1)));
            assertThat(count(database)).isEqualTo(keys.length);
            writer.write(Rows.batch(partition, new Watermark(1, keys.length), deletes.build(1, keys.length + 1)));
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void longUniqueValuesThatComeAgainAreLookedForInSeveralStatements() throws WriteFailed, SQLException {
        String database = Databases.create(server, "unique");
        server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, u VARBINARY(3000), UNIQUE (u))");
        TableLine table =
                Tables.table(1, database, "t", List.of("id int", "u varbinary(3000)"), List.of(0), List.of(List.of(1)));
        int rows = 600;
        MessageBuilder first = new MessageBuilder().transaction();
        MessageBuilder moved = new MessageBuilder().transaction();
        for (int i = 0; i < rows; i++) {
            String value = i % 50 == 7 ? "null" : "\"" + "QUJD".repeat(999) + "%04d".formatted(i) + "\"";
            first.insert(table, String.valueOf(i), value);
            moved.insert(table, String.valueOf(rows + i), value);
        }
        Partition partition = new Partition(database, 0);
        try (TargetWriter writer = TestWriters.of(server)) {
            writer.write(Rows.batch(partition, writer.watermark(partition), first.build(1, 1)));
            writer.write(Rows.batch(partition, new Watermark(1, rows), moved.buildAgain(2, 1)));
            // of the earlier rows those without a value stay
            assertThat(count(database)).isEqualTo(rows + rows / 50);
        }
    }

    private static int count(String database) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT COUNT(*) FROM " + database + ".t")) {
            result.next();
            return result.getInt(1);
        }
    }
}
