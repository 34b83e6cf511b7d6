package dev.sluice.apply.statement;

import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.TableName;
import dev.sluice.ddl.translation.OracleNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an Oracle target spells what a statement names; the same rule as for rows: as it is written, or in upper case. */
final class OracleCatalog {
    private static final String SCHEMA = "SELECT username FROM all_users WHERE username IN (?, UPPER(?))"
            + " ORDER BY CASE WHEN username=? THEN 0 ELSE 1 END";
    private static final String COLUMNS = "SELECT owner, table_name, column_name, data_type FROM all_tab_columns"
            + " WHERE owner IN (?, UPPER(?)) AND table_name IN (?, UPPER(?))"
            + " ORDER BY CASE WHEN owner=? THEN 0 ELSE 1 END, CASE WHEN table_name=? THEN 0 ELSE 1 END";
    private static final String CONSTRAINTS =
            "SELECT constraint_name FROM all_constraints" + " WHERE constraint_type='U' AND owner=? AND table_name=?";
    private static final String INDEXES = "SELECT index_name FROM all_indexes WHERE table_owner=? AND table_name=?";

    private static final String KEY_OWNERS = "SELECT constraint_name, table_name FROM all_constraints WHERE owner=?"
            + " UNION SELECT index_name, table_name FROM all_indexes WHERE table_owner=?";

    private final Connection connection;

    private OracleCatalog(Connection connection) {
        this.connection = connection;
    }

    static OracleNames names(Connection connection, Ddl.Tables statement) throws SQLException {
        OracleCatalog catalog = new OracleCatalog(connection);
        Map<String, String> schemas = new HashMap<>();
        Map<TableName, OracleNames.Table> tables = new HashMap<>();
        for (TableName table : statement.named()) {
            String schema = catalog.first(SCHEMA, table.schema(), table.schema(), table.schema());
            if (schema != null) {
                schemas.put(table.schema(), schema);
            }
            OracleNames.Table there = catalog.table(table);
            if (there != null) {
                tables.put(table, there);
            }
        }
        Map<String, Map<String, String>> keyOwners = new HashMap<>();
        for (String schema : schemas.values()) {
            keyOwners.put(schema, catalog.keyOwners(schema));
        }
        connection.commit();
        return new OracleNames(schemas, tables, keyOwners);
    }

    private OracleNames.@Nullable Table table(TableName named) throws SQLException {
        @Nullable TableName spelled = null;
        Map<String, OracleNames.Column> columns = new HashMap<>();
        try (PreparedStatement query = query(
                        COLUMNS,
                        named.schema(),
                        named.schema(),
                        named.table(),
                        named.table(),
                        named.schema(),
                        named.table());
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                TableName there = new TableName(row.getString(1), row.getString(2));
                spelled = spelled == null ? there : spelled;
                if (there.equals(spelled)) {
                    String name = row.getString(3);
                    columns.put(name.toLowerCase(Locale.ROOT), new OracleNames.Column(name, row.getString(4)));
                }
            }
        }
        return spelled == null ? null : new OracleNames.Table(spelled, columns, keys(spelled));
    }

    private Map<String, Boolean> keys(TableName table) throws SQLException {
        Map<String, Boolean> keys = new HashMap<>();
        for (String sql : new String[] {INDEXES, CONSTRAINTS}) {
            try (PreparedStatement query = query(sql, table.schema(), table.table());
                    ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    // an index that enforces a constraint has its name as a rule
                    keys.put(row.getString(1), sql.equals(CONSTRAINTS));
                }
            }
        }
        return keys;
    }

    private Map<String, String> keyOwners(String schema) throws SQLException {
        Map<String, String> owners = new HashMap<>();
        try (PreparedStatement query = query(KEY_OWNERS, schema, schema);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                owners.put(row.getString(1), row.getString(2));
            }
        }
        return owners;
    }

    private @Nullable String first(String sql, String... parameters) throws SQLException {
        try (PreparedStatement query = query(sql, parameters);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private PreparedStatement query(String sql, String... parameters) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setString(i + 1, parameters[i]);
        }
        return query;
    }
}
