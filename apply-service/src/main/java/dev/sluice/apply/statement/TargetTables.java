package dev.sluice.apply.statement;

import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.Identifiers;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tables of a target are like, as far as it tells whether a statement has run. */
final class TargetTables {
    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_SUCH_DATABASE = 1049;

    private final Connection connection;

    TargetTables(Connection connection) {
        this.connection = connection;
    }

    /** A text that changes when one of the tables gets another definition, comes or goes. */
    String fingerprint(List<TableLine.Target> tables) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (TableLine.Target table : tables) {
            text.append(definition(table)).append('\n');
        }
        connection.commit();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String definition(TableLine.Target table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + Identifiers.quoted(table.schema()) + "."
                        + Identifiers.quoted(table.name()))) {
            row.next();
            return row.getString(2).replaceAll(" AUTO_INCREMENT=\\d+", "");
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE || e.getErrorCode() == NO_SUCH_DATABASE) {
                return "no table";
            }
            throw e;
        }
    }

    /**
     * Whether a statement leaves no trace in definitions: it exchanges rows, or tables that are alike change places.
     */
    boolean exchanges(Ddl ddl) throws SQLException {
        if (!(ddl instanceof Ddl.Tables changed)) {
            return false;
        }
        Map<TableName, TableName> before = new HashMap<>();
        for (TableChange change : changed.changes()) {
            if (change instanceof TableChange.Exchange) {
                return true;
            }
            if (change instanceof TableChange.Rename rename) {
                TableName first = before.remove(rename.table());
                before.put(rename.to(), first == null ? rename.table() : first);
            }
        }
        before.entrySet().removeIf(each -> each.getKey().equals(each.getValue()));
        // where names come or go, definitions do too
        if (before.isEmpty() || !before.keySet().equals(Set.copyOf(before.values()))) {
            return false;
        }
        for (Map.Entry<TableName, TableName> each : before.entrySet()) {
            if (!definitionWithoutName(each.getKey()).equals(definitionWithoutName(each.getValue()))) {
                return false;
            }
        }
        connection.commit();
        return true;
    }

    /** Names that a server gives to constraints begin with the table's. */
    private String definitionWithoutName(TableName table) throws SQLException {
        String name = Identifiers.quoted(table.table());
        String constraint = "CONSTRAINT " + name.substring(0, name.length() - 1) + "_";
        return definition(new TableLine.Target(table.schema(), table.table()))
                .replace("CREATE TABLE " + name, "CREATE TABLE")
                .replace(constraint, "CONSTRAINT `");
    }
}
