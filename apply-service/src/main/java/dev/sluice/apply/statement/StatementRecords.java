package dev.sluice.apply.statement;

import dev.sluice.change.message.DdlLine;
import dev.sluice.ddl.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The table at the target that says which statements were begun and finished; a statement is known by its number in the
 * source log and its time.
 */
final class StatementRecords {
    private static final int NO_SUCH_TABLE = 1146;

    private final String table;

    /**
     * What is known of a statement.
     *
     * @param before what the tables were like when it was begun
     */
    record Record(String before, boolean finished) {}

    StatementRecords(String schema) {
        table = Identifiers.quoted(schema) + ".`sluice_ddl`";
    }

    Optional<Record> find(Connection connection, String pipeline, DdlLine line) throws SQLException {
        try {
            return select(connection, pipeline, line);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_TABLE) {
                throw e;
            }
            create(connection);
            return Optional.empty();
        }
    }

    private Optional<Record> select(Connection connection, String pipeline, DdlLine line) throws SQLException {
        String sql =
                "SELECT tables_before, finished IS NOT NULL FROM " + table + " WHERE pipeline=? AND entry=? AND time=?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            name(statement, pipeline, line);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Record(row.getString(1), row.getBoolean(2))) : Optional.empty();
            }
        } finally {
            connection.commit();
        }
    }

    void begin(Connection connection, String pipeline, DdlLine line, String before) throws SQLException {
        String sql =
                "INSERT INTO " + table + " (pipeline, entry, time, statement, tables_before) VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            name(statement, pipeline, line);
            statement.setString(4, line.sql());
            statement.setString(5, before);
            statement.executeUpdate();
        }
        connection.commit();
    }

    void forget(Connection connection, String pipeline, DdlLine line) throws SQLException {
        connection.rollback();
        change(connection, "DELETE FROM " + table, pipeline, line);
        connection.commit();
    }

    void finish(Connection connection, String pipeline, DdlLine line) throws SQLException {
        change(connection, "UPDATE " + table + " SET finished=CURRENT_TIMESTAMP(6)", pipeline, line);
    }

    private static void change(Connection connection, String sql, String pipeline, DdlLine line) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql + " WHERE pipeline=? AND entry=? AND time=?")) {
            name(statement, pipeline, line);
            statement.executeUpdate();
        }
    }

    /** Sets the first three parameters to what a statement is known by. */
    static void name(PreparedStatement statement, String pipeline, DdlLine line) throws SQLException {
        statement.setString(1, pipeline);
        statement.setLong(2, TargetStatements.entry(line));
        statement.setLong(3, line.time());
    }

    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (pipeline VARCHAR(64) NOT NULL,"
                    + " entry BIGINT NOT NULL, time BIGINT NOT NULL, statement LONGTEXT NOT NULL,"
                    + " tables_before CHAR(64) NOT NULL, begun TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),"
                    + " finished TIMESTAMP(6) NULL, PRIMARY KEY (pipeline, entry, time))"
                    + " ENGINE=InnoDB CHARACTER SET utf8mb4");
        }
    }
}
