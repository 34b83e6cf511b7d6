package dev.sluice.apply.create;

import dev.sluice.ddl.TableName;
import dev.sluice.ddl.translation.NewTable;
import dev.sluice.ddl.translation.OracleNames;
import dev.sluice.ddl.translation.OracleStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes tables at Oracle, each with its keys in one statement; a schema is a user there and must exist. */
final class OracleTableMaker {
    private static final int NAME_IS_USED = 955;

    private static final String COLUMNS = "SELECT COUNT(*) FROM all_tab_columns WHERE owner=? AND table_name=?";
    private static final String KEY_OWNERS = "SELECT constraint_name, table_name FROM all_constraints WHERE owner=?"
            + " UNION SELECT index_name, table_name FROM all_indexes WHERE table_owner=?";

    private OracleTableMaker() {}

    static void make(Connection connection, NewTable table) throws SQLException {
        TableName name = OracleStatements.name(table);
        if (isThere(connection, name)) {
            return;
        }
        Map<String, Map<String, String>> keyOwners = Map.of(name.schema(), keyOwners(connection, name.schema()));
        List<String> statements = OracleStatements.create(table, new OracleNames(Map.of(), Map.of(), keyOwners));
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(statements.get(0));
            } catch (SQLException e) {
                // somebody else may have made it meanwhile, but the name may also be that of a key
                if (e.getErrorCode() != NAME_IS_USED || !isThere(connection, name)) {
                    throw e;
                }
            }
            for (String comment : statements.subList(1, statements.size())) {
                statement.execute(comment);
            }
        }
    }

    private static boolean isThere(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, table.schema());
            query.setString(2, table.table());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1) > 0;
            }
        }
    }

    /** Tables by the names of their keys: one that was renamed still has those of its first name. */
    private static Map<String, String> keyOwners(Connection connection, String schema) throws SQLException {
        Map<String, String> owners = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(KEY_OWNERS)) {
            query.setString(1, schema);
            query.setString(2, schema);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    owners.put(row.getString(1), row.getString(2));
                }
            }
        }
        return owners;
    }
}
