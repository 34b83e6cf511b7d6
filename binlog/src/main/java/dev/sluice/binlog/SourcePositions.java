package dev.sluice.binlog;

import dev.sluice.binlog.protocol.ResultRows;
import dev.sluice.binlog.protocol.ServerVersion;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;

/**
 * Where the binary log of a source begins and ends.
 *
 * @param current end of the log
 * @param earliest beginning of the oldest file it has
 * @param executedGtids MySQL: gtid_executed; MariaDB: gtid_binlog_pos; empty if there are none
 * @param purgedGtids MySQL: gtid_purged; empty for MariaDB, which does not tell
 */
public record SourcePositions(
        FilePosition current, FilePosition earliest, String executedGtids, String purgedGtids, boolean mariaDb) {

    public static SourcePositions of(SourceAddress address, Duration timeout) throws IOException {
        try (SourceConnection connection = SourceConnection.open(address, timeout)) {
            return of(connection);
        }
    }

    public static SourcePositions of(SourceConnection connection) throws IOException {
        ServerVersion version = connection.version();
        FilePosition current = endOfLog(connection);
        ResultRows logs = connection.query("SHOW BINARY LOGS");
        FilePosition earliest = new FilePosition(
                logs.first("log_name").orElseThrow(() -> new IOException("the source has no binary log")), 4);
        if (version.mariaDb()) {
            String gtids =
                    connection.query("SELECT @@GLOBAL.gtid_binlog_pos").single().orElse("");
            return new SourcePositions(current, earliest, gtids, "", true);
        }
        String executed =
                connection.query("SELECT @@GLOBAL.gtid_executed").single().orElse("");
        String purged = connection.query("SELECT @@GLOBAL.gtid_purged").single().orElse("");
        return new SourcePositions(
                current, earliest, executed.replaceAll("\\s", ""), purged.replaceAll("\\s", ""), false);
    }

    /** Where the log ends now. */
    public static FilePosition endOfLog(SourceConnection connection) throws IOException {
        ServerVersion version = connection.version();
        boolean renamed = !version.mariaDb() && version.atLeast(8, 2, 0);
        ResultRows status = connection.query(renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS");
        return position(status, "file", "position");
    }

    private static FilePosition position(ResultRows rows, String file, String offset) throws IOException {
        if (rows.isEmpty()) {
            throw new IOException("the source writes no binary log; start it with log_bin");
        }
        return new FilePosition(
                rows.first(file).orElse(""), Long.parseLong(rows.first(offset).orElse("4")));
    }
}
