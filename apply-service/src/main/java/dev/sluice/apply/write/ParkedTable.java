package dev.sluice.apply.write;

import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.ParkedRow;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.batch.SingleRow;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Parks and settles rows in the transaction that moves the watermark. Thread-safe. */
final class ParkedTable {
    static final String OF_PARTITION = " WHERE pipeline=? AND part=?";
    static final String OF_ROW = OF_PARTITION + " AND epoch=? AND seq=?";

    private static final int ROWS_A_STATEMENT = 100;
    private static final int BYTES_A_STATEMENT = 1_000_000;
    private static final int REASON_LENGTH = 1_000;

    private final String rows;

    /**
     * A table.
     *
     * @param rows its quoted name
     */
    ParkedTable(String rows) {
        this.rows = rows;
    }

    /**
     * Parks and settles rows, in the transaction that moves the watermark.
     *
     * @return false if a row that is to be settled is not parked any more
     */
    boolean move(Connection connection, RowBatch batch) throws SQLException {
        RowBatch.Aside aside = batch.aside();
        park(connection, batch.partition(), aside.parked());
        return settle(connection, batch.partition(), aside.applied(), ErrorEntry.State.APPLIED)
                && settle(connection, batch.partition(), aside.skipped(), ErrorEntry.State.SKIPPED);
    }

    /** How many rows of a table are parked by all partitions of a pipeline. */
    long waiting(Connection connection, String pipeline, TableLine.Target table) throws SQLException {
        String text = "SELECT COUNT(*) FROM " + rows
                + " WHERE pipeline=? AND state='PARKED' AND target_schema=? AND target_table=?";
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setString(1, pipeline);
            statement.setString(2, table.schema());
            statement.setString(3, table.name());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    private void park(Connection connection, Partition partition, List<ParkedRow> parked) throws SQLException {
        List<byte[]> bodies = new ArrayList<>();
        for (int from = 0; from < parked.size(); from += bodies.size()) {
            bodies.clear();
            long bytes = 0;
            for (int i = from; i < parked.size() && bodies.size() < ROWS_A_STATEMENT; i++) {
                byte[] body = SingleRow.body(parked.get(i).row());
                bytes += body.length;
                if (bytes > BYTES_A_STATEMENT && !bodies.isEmpty()) {
                    break;
                }
                bodies.add(body);
            }
            insert(connection, partition, parked.subList(from, from + bodies.size()), bodies);
        }
    }

    private void insert(Connection connection, Partition partition, List<ParkedRow> parked, List<byte[]> bodies)
            throws SQLException {
        String text = "INSERT INTO " + rows
                + " (pipeline, part, epoch, seq, target_schema, target_table, reason, sql_state, body) VALUES "
                + "(?,?,?,?,?,?,?,?,?),".repeat(parked.size());
        try (PreparedStatement statement = connection.prepareStatement(text.substring(0, text.length() - 1))) {
            int n = 1;
            for (int i = 0; i < parked.size(); i++) {
                Row row = parked.get(i).row();
                statement.setString(n++, partition.pipeline());
                statement.setInt(n++, partition.number());
                statement.setLong(n++, row.at().epoch());
                statement.setLong(n++, row.at().seq());
                statement.setString(n++, row.target().schema());
                statement.setString(n++, row.target().name());
                statement.setString(n++, shortened(parked.get(i).reason()));
                statement.setString(n++, parked.get(i).sqlState());
                statement.setBytes(n++, bodies.get(i));
            }
            statement.executeUpdate();
        }
    }

    private boolean settle(Connection connection, Partition partition, List<Watermark> settled, ErrorEntry.State state)
            throws SQLException {
        if (settled.isEmpty()) {
            return true;
        }
        String text = "UPDATE " + rows + " SET state='" + state + "', revision=revision+1, unreported=1" + OF_PARTITION
                + " AND state='PARKED' AND (epoch=? AND seq=?" + " OR epoch=? AND seq=?".repeat(settled.size() - 1)
                + ")";
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            ofPartition(statement, partition);
            int n = 3;
            for (Watermark at : settled) {
                statement.setLong(n++, at.epoch());
                statement.setLong(n++, at.seq());
            }
            return statement.executeUpdate() == settled.size();
        }
    }

    static void ofPartition(PreparedStatement statement, Partition partition) throws SQLException {
        statement.setString(1, partition.pipeline());
        statement.setInt(2, partition.number());
    }

    static void ofRow(PreparedStatement statement, int from, Partition partition, Watermark at) throws SQLException {
        statement.setString(from, partition.pipeline());
        statement.setInt(from + 1, partition.number());
        statement.setLong(from + 2, at.epoch());
        statement.setLong(from + 3, at.seq());
    }

    static String shortened(String reason) {
        return reason.length() <= REASON_LENGTH ? reason : reason.substring(0, REASON_LENGTH - 1) + "…";
    }
}
