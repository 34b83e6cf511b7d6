package dev.sluice.apply.create;

import dev.sluice.ddl.translation.NewTable;
import dev.sluice.ddl.translation.OracleStatements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes tables at Oracle, each with its keys in one statement; a schema is a user there and must exist. */
final class OracleTableMaker {
    private static final int NAME_IS_USED = 955;

    private OracleTableMaker() {}

    static void make(Connection connection, NewTable table) throws SQLException {
        List<String> statements = OracleStatements.create(table);
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(statements.get(0));
            } catch (SQLException e) {
                if (e.getErrorCode() != NAME_IS_USED) {
                    throw e;
                }
            }
            for (String comment : statements.subList(1, statements.size())) {
                statement.execute(comment);
            }
        }
    }
}
