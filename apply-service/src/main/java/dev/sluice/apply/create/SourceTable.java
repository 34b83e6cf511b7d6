package dev.sluice.apply.create;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.Identifiers;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.translation.NoTranslation;
import dev.sluice.jdbc.JdbcAddress;
import dev.sluice.jdbc.KeyStoreFiles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of a table at present, which may have changed since its rows were logged.
 *
 * @param definition null if it has no such table any more
 * @param collation the table's; null without a table
 * @param collations of its text columns, by name in lower case
 */
record SourceTable(
        boolean mariaDb,
        TableChange.@Nullable Create definition,
        @Nullable String collation,
        Map<String, String> collations) {
    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_SUCH_DATABASE = 1049;
    private static final String PATIENCE_MILLIS = "10000";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    static SourceTable ask(DataSource source, SecretCipher cipher, String schema, String table) throws SourceSilent {
        JdbcAddress address = JdbcAddress.of(source);
        try (KeyStoreFiles keyStores = new KeyStoreFiles(source, cipher)) {
            Properties properties = new Properties();
            properties.putAll(address.tls());
            properties.putAll(keyStores.properties());
            properties.put("user", source.username());
            properties.put("password", cipher.decrypt(source.password()));
            properties.put("connectTimeout", PATIENCE_MILLIS);
            properties.put("socketTimeout", PATIENCE_MILLIS);
            try (Connection connection = DriverManager.getConnection(address.url(), properties);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION sql_mode='', sql_quote_show_create=1");
                return read(connection, schema, table);
            }
        } catch (SQLException e) {
            throw new SourceSilent(source.name(), e);
        }
    }

    private static SourceTable read(Connection connection, String schema, String table) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        boolean mariaDb = version.contains("MariaDB");
        String sql;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SHOW CREATE TABLE " + Identifiers.quoted(schema) + "." + Identifiers.quoted(table))) {
            row.next();
            sql = row.getString(2);
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == NO_SUCH_DATABASE) {
                return new SourceTable(mariaDb, null, null, Map.of());
            }
            throw e;
        }
        Ddl ddl = DdlParser.parse(sql, schema, dialect(mariaDb, version));
        if (!(ddl instanceof Ddl.Tables tables) || !(tables.changes().get(0) instanceof TableChange.Create create)) {
            String reason = ddl instanceof Ddl.Unreadable unreadable ? unreadable.reason() : "it is no table";
            throw new NoTranslation("how the source defines it is not understood: " + reason);
        }
        return new SourceTable(
                mariaDb,
                create,
                query(
                                connection,
                                "SELECT 'table', table_collation FROM information_schema.tables"
                                        + " WHERE table_schema=? AND table_name=?",
                                schema,
                                table)
                        .get("table"),
                query(
                        connection,
                        "SELECT column_name, collation_name FROM information_schema.columns"
                                + " WHERE table_schema=? AND table_name=? AND collation_name IS NOT NULL",
                        schema,
                        table));
    }

    /** The column of a name at present. */
    Optional<ColumnDefinition> column(String name) {
        return definition == null
                ? Optional.empty()
                : definition.columns().stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst();
    }

    private static Dialect dialect(boolean mariaDb, String version) {
        // some MariaDB servers put 5.5.5- before their version
        Matcher numbers = VERSION.matcher(version.replaceFirst("^5\\.5\\.5-", ""));
        return numbers.find()
                ? Dialect.of(
                        mariaDb,
                        Integer.parseInt(numbers.group(1)),
                        Integer.parseInt(numbers.group(2)),
                        Integer.parseInt(numbers.group(3)),
                        0)
                : Dialect.of(mariaDb, 8, 0, 0, 0);
    }

    private static Map<String, String> query(Connection connection, String sql, String schema, String table)
            throws SQLException {
        Map<String, String> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
                }
            }
        }
        return found;
    }
}
