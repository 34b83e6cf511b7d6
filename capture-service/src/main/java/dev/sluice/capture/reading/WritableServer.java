package dev.sluice.capture.reading;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to that server of a source which takes writes, whichever it is at the time. Not thread-safe. */
public final class WritableServer implements AutoCloseable {
    private final List<SourceAddress> servers;
    private @Nullable SourceConnection open;

    public WritableServer(List<SourceAddress> servers) {
        this.servers = servers;
    }

    /** The connection, the same as before if its server still takes writes. */
    public SourceConnection connection() throws IOException {
        SourceConnection known = open;
        if (known != null && takesWrites(known)) {
            return known;
        }
        close();
        IOException failed = null;
        for (SourceAddress server : servers) {
            try {
                SourceConnection connection = SourceConnection.open(server, SourceServer.TIMEOUT);
                open = connection;
                if (takesWrites(connection)) {
                    return connection;
                }
            } catch (IOException e) {
                if (failed != null) {
                    e.addSuppressed(failed);
                }
                failed = e;
            }
            close();
        }
        throw failed == null ? new IOException("no server of the source takes writes (read_only)") : failed;
    }

    private static boolean takesWrites(SourceConnection connection) throws IOException {
        return !SourceServer.isOn(
                connection.query("SELECT @@GLOBAL.read_only").single().orElse("0"));
    }

    /** Ends the connection; the next use makes a new one. */
    @Override
    public void close() {
        SourceConnection connection = open;
        open = null;
        if (connection != null) {
            connection.close();
        }
    }
}
