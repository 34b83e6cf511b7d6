package dev.sluice.apply.write;

import dev.sluice.apply.sql.Dialect;
import dev.sluice.apply.sql.WatermarkSql;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The table at the target that holds each partition's watermark. It is also the loop mark: whoever captures the target
 * sees, as the first row of each of our transactions, at which site its changes were first made. Thread-safe.
 */
final class WatermarkTable {
    private final Dialect dialect;
    private final WatermarkSql sql;

    WatermarkTable(Dialect dialect, String schema) {
        this.dialect = dialect;
        sql = dialect.watermarks(schema);
    }

    /** The watermark; makes the table and the row where they are missing. Ends the connection's transaction. */
    Watermark read(Connection connection, Partition partition) throws SQLException {
        @Nullable Watermark watermark;
        try {
            watermark = select(connection, partition);
        } catch (SQLException e) {
            if (!dialect.isMissingTable(e)) {
                throw e;
            }
            connection.rollback();
            watermark = create(connection, partition);
        }
        if (watermark == null) {
            try (PreparedStatement statement = connection.prepareStatement(sql.insert())) {
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
     * Moves the watermark, as the first statement of a transaction; to where it is if only parked rows are settled.
     *
     * @return false if the target holds another one than the batch expects
     */
    boolean advance(Connection connection, RowBatch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.update())) {
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

    private @Nullable Watermark select(Connection connection, Partition partition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.select())) {
            statement.setString(1, partition.pipeline());
            statement.setInt(2, partition.number());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? new Watermark(result.getLong(1), result.getLong(2)) : null;
            }
        }
    }

    /** Makes schema and table, unless another instance is faster, and then reads what is there. */
    private @Nullable Watermark create(Connection connection, Partition partition) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String create : sql.create()) {
                statement.execute(create);
            }
            connection.commit();
            return null;
        } catch (SQLException e) {
            connection.rollback();
            try {
                return select(connection, partition);
            } catch (SQLException stillMissing) {
                e.addSuppressed(stillMissing);
                throw e;
            }
        }
    }
}
