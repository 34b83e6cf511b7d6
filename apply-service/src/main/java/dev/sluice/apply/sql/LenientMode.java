package dev.sluice.apply.sql;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;

/**
 * Stores ENUM's index 0, which only an sql_mode that is not strict does. That one would cut off other values in silence,
 * so every warning must be about such a column.
 */
final class LenientMode {
    private static final int DATA_TRUNCATED = 1265;
    /** VALUES() in an upsert, since MySQL 8.0.20. */
    private static final int DEPRECATED_SYNTAX = 1287;

    private LenientMode() {}

    /** A statement that is to be run. */
    @FunctionalInterface
    interface Execution {
        long run() throws SQLException;
    }

    /**
     * Runs one statement.
     *
     * @param columns which hold index 0
     * @throws SQLException if another column's value does not fit
     */
    static long run(Statement statement, List<String> columns, Execution execution) throws SQLException {
        statement.execute("SET SESSION sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
        try {
            long result = execution.run();
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                String message = String.valueOf(warning.getMessage());
                boolean harmless = warning.getErrorCode() == DEPRECATED_SYNTAX
                        || warning.getErrorCode() == DATA_TRUNCATED
                                && columns.stream().anyMatch(column -> message.contains("'" + column + "'"));
                if (!harmless) {
                    throw new SQLException(message, warning.getSQLState(), warning.getErrorCode());
                }
            }
            return result;
        } finally {
            statement.execute("SET SESSION sql_mode='" + MySqlDialect.SQL_MODE + "'");
        }
    }
}
