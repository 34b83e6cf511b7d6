package dev.sluice.apply.write;

import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table at the target that holds each partition's watermark. It is also the loop mark: whoever captures the target
 * sees, as the first row of each of our transactions, at which site its changes were first made. Thread-safe.
 */
final class WatermarkTable {
    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_SUCH_DATABASE = 1049;

    private final String schema;
    private final String select;
    private final String insert;
    private final String update;

    WatermarkTable(String schema) {
        this.schema = "`" + schema.replace("`", "``") + "`";
        String table = this.schema + ".`sluice_watermark`";
        select = "SELECT epoch, seq FROM " + table + " WHERE pipeline=? AND part=?";
        insert = "INSERT INTO " + table + " (pipeline, part, epoch, seq) VALUES (?, ?, 0, 0)"
                + " ON DUPLICATE KEY UPDATE seq=seq";
        update = "UPDATE " + table + " SET epoch=?, seq=?, origin=? WHERE pipeline=? AND part=? AND epoch=? AND seq=?";
    }

    /** The watermark; makes the table and the row where they are missing. Ends the connection's transaction. */
    Watermark read(Connection connection, Partition partition) throws SQLException {
        Watermark watermark;
        try {
            watermark = select(connection, partition);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_TABLE && e.getErrorCode() != NO_SUCH_DATABASE) {
                throw e;
            }
            create(connection);
            watermark = null;
        }
        if (watermark == null) {
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                statement.setString(1, partition.pipeline());
                statement.setInt(2, partition.number());
                statement.executeUpdate();
            }
            connection.commit();
            watermark = select(connection, partition);
        }
        connection.commit();
        return watermark == null ? Watermark.NONE : watermark;
    }

    /**
     * Moves the watermark, as the first statement of a transaction.
     *
     * @return false if the target holds another one than the batch expects
     */
    boolean advance(Connection connection, RowBatch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, batch.after().epoch());
            statement.setLong(2, batch.after().seq());
            statement.setString(3, batch.origin());
            statement.setString(4, batch.partition().pipeline());
            statement.setInt(5, batch.partition().number());
            statement.setLong(6, batch.before().epoch());
            statement.setLong(7, batch.before().seq());
            return statement.executeUpdate() == 1;
        }
    }

    private @org.jspecify.annotations.Nullable Watermark select(Connection connection, Partition partition)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, partition.pipeline());
            statement.setInt(2, partition.number());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? new Watermark(result.getLong(1), result.getLong(2)) : null;
            }
        }
    }

    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS " + schema + " CHARACTER SET utf8mb4");
            statement.execute("CREATE TABLE IF NOT EXISTS " + schema + ".`sluice_watermark` ("
                    + "pipeline VARCHAR(64) NOT NULL, part INT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL,"
                    + " origin VARCHAR(64) NOT NULL DEFAULT '',"
                    + " updated TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),"
                    + " PRIMARY KEY (pipeline, part)) ENGINE=InnoDB CHARACTER SET utf8mb4");
        }
    }
}
