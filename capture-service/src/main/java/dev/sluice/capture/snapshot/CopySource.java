package dev.sluice.capture.snapshot;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The second connection to a source, over which rows are copied; it can only read. Not thread-safe. */
final class CopySource implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** A query of a chunk may have to look at many rows that a condition leaves out. */
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private final SourceAddress address;
    private volatile @Nullable SourceConnection open;
    private @Nullable ReadView view;

    CopySource(SourceAddress address) {
        this.address = address;
    }

    SourceConnection connection() throws IOException {
        SourceConnection connection = open;
        if (connection == null) {
            connection = another();
            open = connection;
            view = null;
        }
        return connection;
    }

    /** A connection like this one, which is the caller's to close. */
    SourceConnection another() throws IOException {
        SourceConnection connection = SourceConnection.open(address, CONNECT);
        try {
            connection.readTimeout(ANSWER);
            connection.execute("SET NAMES utf8mb4");
            // rows of a table without a key are fetched as limits and the log allow, and a server closes a connection
            // that takes nothing for so long, by default for 60 s:
            // https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_net_write_timeout
            connection.execute(
                    "SET SESSION time_zone = '+00:00', sql_mode = '', autocommit = 1, net_write_timeout = 3600");
            connection.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            connection.execute("SET SESSION TRANSACTION READ ONLY");
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** How a query on the connection sees what the binlog has. */
    ReadView view() throws IOException {
        SourceConnection connection = connection();
        ReadView known = view;
        if (known == null) {
            known = ReadView.of(connection);
            view = known;
        }
        return known;
    }

    /** Ends the connection, also from another thread; the next use makes a new one. */
    @Override
    public void close() {
        SourceConnection connection = open;
        open = null;
        if (connection != null) {
            connection.close();
        }
    }
}
