package dev.sluice.apply.statement;

import dev.sluice.change.message.DdlLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The table at the target that says which statements were begun and finished; a statement is known by its number in the
 * source log and its time. Immutable.
 *
 * @param table its name as statements write it
 * @param note name of the column for what is noted when a statement begins
 * @param create makes it
 * @param noSuchTable the server's error if it is not there
 */
record StatementRecords(String table, String note, String create, int noSuchTable) {
    /**
     * What is known of a statement.
     *
     * @param note what was noted when it was begun
     */
    record Record(String note, boolean finished) {}

    Optional<Record> find(Connection connection, String pipeline, DdlLine line) throws SQLException {
        try {
            return select(connection, pipeline, line);
        } catch (SQLException e) {
            if (e.getErrorCode() != noSuchTable) {
                throw e;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(create);
            }
            return Optional.empty();
        }
    }

    private Optional<Record> select(Connection connection, String pipeline, DdlLine line) throws SQLException {
        String sql = "SELECT " + note + ", finished FROM " + table + " WHERE pipeline=? AND entry=? AND time=?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            name(statement, pipeline, line);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Record(row.getString(1), row.getString(2) != null))
                        : Optional.empty();
            }
        } finally {
            connection.commit();
        }
    }

    void begin(Connection connection, String pipeline, DdlLine line, String noted) throws SQLException {
        String sql =
                "INSERT INTO " + table + " (pipeline, entry, time, statement, " + note + ") VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            name(statement, pipeline, line);
            statement.setString(4, line.sql());
            statement.setString(5, noted);
            statement.executeUpdate();
        }
        connection.commit();
    }

    /** Notes something else of a statement that was begun. */
    void note(Connection connection, String pipeline, DdlLine line, String noted) throws SQLException {
        String sql = "UPDATE " + table + " SET " + note + "=? WHERE pipeline=? AND entry=? AND time=?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, noted);
            name(statement, 2, pipeline, line);
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
        name(statement, 1, pipeline, line);
    }

    private static void name(PreparedStatement statement, int first, String pipeline, DdlLine line)
            throws SQLException {
        statement.setString(first, pipeline);
        statement.setLong(first + 1, TargetStatements.entry(line));
        statement.setLong(first + 2, line.time());
    }
}
