package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A binlog file of more than 4 GB, as a transaction of that size makes it: a file is closed behind a transaction only, and
 * the ends of events are logged in 32 bits. Needs 10 GB of disk for a few minutes.
 */
@Tag("extended")
class LargeFileIT {
    private static final long FOUR_GB = 1L << 32;
    private static final int ROW = 100_000_000;
    private static final int ROWS = 44;

    @Test
    void placesBeyondFourGigabytesAreRight() throws Exception {
        DatabaseServer server = SharedServers.mysql();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".big (id INT PRIMARY KEY, b LONGBLOB) ENGINE=BLACKHOLE",
                "CREATE TABLE " + schema + ".small (id INT PRIMARY KEY)");
        FilePosition start = TestSource.positions(server).current();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO " + schema + ".small VALUES (1)");
            for (int id = 0; id < ROWS; id++) {
                statement.execute("INSERT INTO " + schema + ".big VALUES (" + id + ", REPEAT('x', " + ROW + "))");
            }
            statement.execute("INSERT INTO " + schema + ".small VALUES (2)");
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("INSERT INTO " + schema + ".small VALUES (3)");
        }
        long size = size(server, start.file());
        assertThat(size).isGreaterThan(FOUR_GB);

        Passing found = new Passing(schema);
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), start)) {
            found.readRows(reader, 3);
        }

        assertThat(found.passed).isEqualTo(ROWS);
        assertThat(found.rows).extracting(row -> row.cell("id")).containsExactly("1", "2", "3");
        Collected.Transaction large = found.own().get(0);
        assertThat(large.rows()).hasSize(2);
        TransactionEnd end = large.end().get(0);
        assertThat(end.file()).isEqualTo(start.file());
        // behind it there is only the event that names the next file
        assertThat(end.endOffset()).isBetween(FOUR_GB, size - 1);
        assertThat(size - end.endOffset()).isLessThan(100);
        assertThat(found.own().get(1).start().file()).isNotEqualTo(start.file());

        try (BinlogReader again = BinlogReader.open(
                TestSource.options(server),
                new FilePosition(
                        found.own().get(1).start().file(),
                        found.own().get(1).start().startOffset()))) {
            assertThat(new Passing(schema).readRows(again, 1).rows.get(0).cell("id"))
                    .isEqualTo("3");
        }
    }

    private static long size(DatabaseServer server, String file) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
            while (logs.next()) {
                if (logs.getString(1).equals(file)) {
                    return logs.getLong(2);
                }
            }
        }
        throw new AssertionError("no file " + file);
    }

    /** Passes over the rows of the large table. */
    private static final class Passing extends Collected {
        private int passed;

        Passing(String schema) {
            super(schema);
        }

        @Override
        Duration patience() {
            return Duration.ofMinutes(10);
        }

        @Override
        public boolean wants(TableShape table, RowOp op, int bytes) {
            boolean large = bytes > ROW;
            passed += large ? 1 : 0;
            return !large;
        }
    }
}
