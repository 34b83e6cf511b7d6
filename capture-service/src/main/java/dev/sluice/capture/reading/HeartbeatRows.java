package dev.sluice.capture.reading;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes, on a thread of its own, a row to a table of ours at the source now and then, so that how far a source was read
 * can be told when nothing else happens there. What fails is tried again at the next turn, and told as long as it lasts.
 */
public final class HeartbeatRows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatRows.class);

    private static final String IS_THERE = "SELECT COUNT(*) FROM information_schema.tables"
            + " WHERE table_schema = 'sluice' AND table_name = 'sluice_heartbeat'";
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS sluice.sluice_heartbeat"
            + " (source VARCHAR(40) NOT NULL PRIMARY KEY, written DATETIME(6) NOT NULL)";
    private static final String NEEDS =
            "; heartbeat rows need GRANT CREATE, SELECT, INSERT, UPDATE ON sluice.* TO the account there";

    private final String source;
    private final WritableServer server;
    private final Duration period;
    private final Consumer<@Nullable String> problems;
    private final Thread thread;
    private @Nullable SourceConnection prepared;
    private @Nullable String problem;

    /**
     * A writer; nothing happens until {@link #start()}.
     *
     * @param servers of which the one that takes writes gets the row
     * @param problems gets why no row can be written, and null when that is over
     */
    public HeartbeatRows(
            String source, List<SourceAddress> servers, Duration period, Consumer<@Nullable String> problems) {
        this.source = source;
        server = new WritableServer(servers);
        this.period = period;
        this.problems = problems;
        thread = new Thread(this::run, "capture-heartbeat-" + source);
        thread.setDaemon(true);
    }

    public HeartbeatRows start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    write();
                    told(null);
                } catch (IOException e) {
                    server.close();
                    told("no heartbeat row could be written: " + e.getMessage() + NEEDS);
                }
                Thread.sleep(period.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }

    private void write() throws IOException {
        SourceConnection connection = server.connection();
        if (connection != prepared) {
            prepare(connection);
            prepared = connection;
        }
        // a source's name is of a-z, 0-9 and -
        String row = "('" + source + "', UTC_TIMESTAMP(6))";
        connection.execute("INSERT INTO sluice.sluice_heartbeat (source, written) VALUES " + row
                + " ON DUPLICATE KEY UPDATE written = VALUES(written)");
    }

    private static void prepare(SourceConnection connection) throws IOException {
        if (connection.query(IS_THERE).single().orElse("0").equals("0")) {
            connection.execute("CREATE DATABASE IF NOT EXISTS sluice");
            connection.execute(TABLE);
        }
    }

    private void told(@Nullable String now) {
        boolean changed = (now == null) != (problem == null);
        problem = now;
        problems.accept(now);
        if (changed && now != null) {
            LOG.warn("{}: {}", source, now);
        } else if (changed) {
            LOG.info("{}: heartbeat rows are written again", source);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
