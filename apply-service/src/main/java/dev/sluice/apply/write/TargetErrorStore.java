package dev.sluice.apply.write;

import dev.sluice.apply.sql.Dialect;
import dev.sluice.apply.sql.ParkedSql;
import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.WriteFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept at the target of refused rows, each call in a transaction of its own. Thread-safe. */
final class TargetErrorStore implements ErrorStore {
    private static final long BYTES_AT_ONCE = 4_000_000;

    private static final String OF_TABLE =
            ParkedTable.OF_PARTITION + " AND state='PARKED' AND target_schema=? AND target_table=?";

    private final Dialect dialect;
    private final String target;
    private final TargetConnections connections;
    private final ParkedSql sql;
    private final String rows;
    private final String suspensions;

    TargetErrorStore(Dialect dialect, String target, TargetConnections connections, ParkedSql sql) {
        this.dialect = dialect;
        this.target = target;
        this.connections = connections;
        this.sql = sql;
        rows = sql.rows();
        suspensions = sql.suspensions();
    }

    @Override
    public Map<TableLine.Target, Long> tables(Partition partition) throws WriteFailed {
        return with(connection -> {
            try {
                return tables(connection, partition);
            } catch (SQLException e) {
                if (!dialect.isMissingTable(e)) {
                    throw e;
                }
                connection.rollback();
                create(connection);
                return Map.of();
            }
        });
    }

    private Map<TableLine.Target, Long> tables(Connection connection, Partition partition) throws SQLException {
        String text = "SELECT target_schema, target_table, COUNT(*) FROM " + rows + ParkedTable.OF_PARTITION
                + " AND state='PARKED' GROUP BY target_schema, target_table";
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            ParkedTable.ofPartition(statement, partition);
            Map<TableLine.Target, Long> tables = new HashMap<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    tables.put(new TableLine.Target(result.getString(1), result.getString(2)), result.getLong(3));
                }
            }
            return tables;
        }
    }

    @Override
    public List<Stored> first(Partition partition, TableLine.Target table, int limit) throws WriteFailed {
        return bounded(OF_TABLE, limit, statement -> {
            ParkedTable.ofPartition(statement, partition);
            statement.setString(3, table.schema());
            statement.setString(4, table.name());
        });
    }

    @Override
    public Optional<Stored> find(Partition partition, Watermark at) throws WriteFailed {
        return bounded(ParkedTable.OF_ROW, 1, statement -> ParkedTable.ofRow(statement, 1, partition, at)).stream()
                .findFirst();
    }

    @Override
    public List<Stored> unreported(Partition partition, int limit) throws WriteFailed {
        return bounded(
                ParkedTable.OF_PARTITION + " AND unreported=1",
                limit,
                statement -> ParkedTable.ofPartition(statement, partition));
    }

    /** Reads rows whose bodies are not too large together, at least one. */
    private List<Stored> bounded(String where, int limit, Parameters parameters) throws WriteFailed {
        return with(connection -> {
            List<Watermark> names = new ArrayList<>();
            long bytes = 0;
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT epoch, seq, LENGTH(body) FROM " + rows + where + " ORDER BY epoch, seq")) {
                statement.setMaxRows(limit);
                parameters.set(statement);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next() && (names.isEmpty() || bytes + result.getLong(3) <= BYTES_AT_ONCE)) {
                        names.add(new Watermark(result.getLong(1), result.getLong(2)));
                        bytes += result.getLong(3);
                    }
                }
            }
            return names.isEmpty() ? List.of() : read(connection, where, names.size(), parameters);
        });
    }

    private List<Stored> read(Connection connection, String where, int limit, Parameters parameters)
            throws SQLException {
        String text = "SELECT epoch, seq, state, revision, target_schema, target_table, body, reason, sql_state, tries,"
                + " parked_at FROM " + rows + where + " ORDER BY epoch, seq";
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setMaxRows(limit);
            parameters.set(statement);
            List<Stored> stored = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    stored.add(new Stored(
                            new Watermark(result.getLong(1), result.getLong(2)),
                            ErrorEntry.State.valueOf(result.getString(3)),
                            result.getInt(4),
                            new TableLine.Target(result.getString(5), result.getString(6)),
                            result.getBytes(7),
                            result.getString(8),
                            result.getString(9),
                            result.getInt(10),
                            result.getTimestamp(11).toInstant()));
                }
            }
            return stored;
        }
    }

    @Override
    public List<Watermark> upTo(Partition partition, TableLine.Target table, Watermark last, int limit)
            throws WriteFailed {
        String text = "SELECT epoch, seq FROM " + rows + OF_TABLE + " AND (epoch<? OR epoch=? AND seq<=?)"
                + " ORDER BY epoch, seq";
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                statement.setMaxRows(limit);
                ParkedTable.ofPartition(statement, partition);
                statement.setString(3, table.schema());
                statement.setString(4, table.name());
                statement.setLong(5, last.epoch());
                statement.setLong(6, last.epoch());
                statement.setLong(7, last.seq());
                List<Watermark> names = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        names.add(new Watermark(result.getLong(1), result.getLong(2)));
                    }
                }
                return names;
            }
        });
    }

    @Override
    public void reported(Partition partition, List<Stored> reported) throws WriteFailed {
        with(connection -> {
            List<Stored> parked = new ArrayList<>(reported);
            parked.removeIf(row -> row.state() != ErrorEntry.State.PARKED);
            change(connection, "UPDATE " + rows + " SET unreported=0", partition, parked);
            List<Stored> settled = new ArrayList<>(reported);
            settled.removeIf(row -> row.state() == ErrorEntry.State.PARKED);
            change(connection, "DELETE FROM " + rows, partition, settled);
            return true;
        });
    }

    /** Changes rows unless they were changed meanwhile. */
    private static void change(Connection connection, String what, Partition partition, List<Stored> those)
            throws SQLException {
        if (those.isEmpty()) {
            return;
        }
        String text = what + ParkedTable.OF_PARTITION + " AND (epoch=? AND seq=? AND revision=?"
                + " OR epoch=? AND seq=? AND revision=?".repeat(those.size() - 1) + ")";
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            ParkedTable.ofPartition(statement, partition);
            int n = 3;
            for (Stored row : those) {
                statement.setLong(n++, row.at().epoch());
                statement.setLong(n++, row.at().seq());
                statement.setInt(n++, row.revision());
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void failed(Partition partition, Watermark at, String reason, @Nullable String sqlState) throws WriteFailed {
        change("reason=?, sql_state=?, tries=tries+1", partition, at, statement -> {
            statement.setString(1, ParkedTable.shortened(reason));
            statement.setString(2, sqlState);
            return 3;
        });
    }

    @Override
    public void edited(Partition partition, Watermark at, byte[] body) throws WriteFailed {
        change("body=?, tries=0", partition, at, statement -> {
            statement.setBytes(1, body);
            return 2;
        });
    }

    private void change(String set, Partition partition, Watermark at, Change change) throws WriteFailed {
        with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("UPDATE " + rows
                    + " SET revision=revision+1, unreported=1, " + set + ParkedTable.OF_ROW + " AND state='PARKED'")) {
                ParkedTable.ofRow(statement, change.set(statement), partition, at);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Suspension> suspension(Partition partition) throws WriteFailed {
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT epoch, seq, generation, tries, reason FROM " + suspensions + ParkedTable.OF_PARTITION)) {
                ParkedTable.ofPartition(statement, partition);
                try (ResultSet result = statement.executeQuery()) {
                    return result.next()
                            ? Optional.of(new Suspension(
                                    new Watermark(result.getLong(1), result.getLong(2)),
                                    result.getLong(3),
                                    result.getInt(4),
                                    result.getString(5)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public void suspend(Partition partition, Suspension suspension) throws WriteFailed {
        with(connection -> {
            try (PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM " + suspensions + ParkedTable.OF_PARTITION);
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO " + suspensions
                            + " (pipeline, part, epoch, seq, generation, tries, reason) VALUES (?,?,?,?,?,?,?)")) {
                ParkedTable.ofPartition(delete, partition);
                delete.executeUpdate();
                ParkedTable.ofRow(insert, 1, partition, suspension.at());
                insert.setLong(5, suspension.generation());
                insert.setInt(6, suspension.tries());
                insert.setString(7, ParkedTable.shortened(suspension.reason()));
                return insert.executeUpdate();
            }
        });
    }

    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String create : sql.create()) {
                statement.execute(create);
            }
        }
    }

    private <T> T with(Work<T> work) throws WriteFailed {
        try (Connection connection = connections.open()) {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw SqlErrors.failed(dialect, target, e, null);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Sets parameters; returns the number of the next. */
    private interface Change {
        int set(PreparedStatement statement) throws SQLException;
    }
}
