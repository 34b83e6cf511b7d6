package dev.sluice.benchmarks.wholeway;

import dev.sluice.testsupport.servers.RedisConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Looks at the watermarks that a target itself holds, and so at what is committed there. Not thread-safe. */
final class Arrival implements AutoCloseable {
    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_SUCH_DATABASE = 1049;
    private static final Duration STILL = Duration.ofMinutes(3);

    /** Number of entries at the target. */
    @FunctionalInterface
    private interface Count {
        long now() throws IOException, SQLException;
    }

    private final Count count;
    private final AutoCloseable connection;
    private long lastMove = System.nanoTime();

    private Arrival(Count count, AutoCloseable connection) {
        this.count = count;
        this.connection = connection;
    }

    static Arrival of(Rig rig, Way way, String pipeline) throws IOException, SQLException {
        if (way == Way.REDIS) {
            RedisConnection redis = rig.stack().redis().connect();
            return new Arrival(() -> inRedis(redis, pipeline), redis);
        }
        Connection target = rig.target().connect();
        return new Arrival(() -> inDatabase(target, pipeline), target);
    }

    long now() throws IOException, SQLException {
        return count.now();
    }

    /** Waits until so many entries are there; fails when nothing moves for minutes. */
    void await(long entries) throws IOException, SQLException, InterruptedException {
        long before = -1;
        while (true) {
            long now = count.now();
            if (now != before) {
                before = now;
                lastMove = System.nanoTime();
            }
            if (now >= entries) {
                return;
            }
            if (System.nanoTime() - lastMove > STILL.toNanos()) {
                throw new IllegalStateException("the target stands still at " + now + " of " + entries + " entries");
            }
            Thread.sleep(20);
        }
    }

    /** When the last change was seen, by {@link System#nanoTime}. */
    long lastMove() {
        return lastMove;
    }

    private static long inDatabase(Connection target, String pipeline) throws SQLException {
        try (Statement statement = target.createStatement();
                ResultSet sum = statement.executeQuery(
                        "SELECT COALESCE(SUM(seq), 0) FROM sluice.sluice_watermark WHERE pipeline='" + pipeline
                                + "'")) {
            sum.next();
            return sum.getLong(1);
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == NO_SUCH_DATABASE) {
                return 0;
            }
            throw e;
        }
    }

    private static long inRedis(RedisConnection redis, String pipeline) throws IOException {
        String[] command = new String[Way.PARTITIONS + 1];
        command[0] = "MGET";
        for (int i = 0; i < Way.PARTITIONS; i++) {
            command[i + 1] = "sluice:watermark:" + pipeline + ":" + i;
        }
        long sum = 0;
        if (redis.command(command) instanceof List<?> marks) {
            for (Object mark : marks) {
                String text = mark == null ? "" : mark.toString();
                sum += text.isEmpty() ? 0 : Long.parseLong(text.substring(text.indexOf(':') + 1));
            }
        }
        return sum;
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
