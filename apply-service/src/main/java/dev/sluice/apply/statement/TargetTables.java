package dev.sluice.apply.statement;

import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.AlterAction;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
                ResultSet row = statement.executeQuery(
                        "SHOW CREATE TABLE " + quoted(table.schema()) + "." + quoted(table.name()))) {
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
        String name = quoted(table.table());
        String constraint = "CONSTRAINT " + name.substring(0, name.length() - 1) + "_";
        return definition(new TableLine.Target(table.schema(), table.table()))
                .replace("CREATE TABLE " + name, "CREATE TABLE")
                .replace(constraint, "CONSTRAINT `");
    }

    /** Whether the target has what a statement brings about, as far as names of tables, columns and keys tell. */
    boolean have(Ddl ddl) throws SQLException {
        if (!(ddl instanceof Ddl.Tables changed)) {
            return false;
        }
        Map<TableName, Boolean> there = new HashMap<>();
        Map<TableName, TableName> renamed = new HashMap<>();
        for (TableChange change : changed.changes()) {
            there.put(change.table(), !(change instanceof TableChange.Drop));
            if (change instanceof TableChange.Rename rename) {
                there.put(rename.table(), false);
                there.put(rename.to(), true);
                renamed.put(rename.table(), rename.to());
            }
        }
        for (Map.Entry<TableName, Boolean> table : there.entrySet()) {
            if (columns(table.getKey()).isEmpty() == table.getValue()) {
                return false;
            }
        }
        for (TableChange change : changed.changes()) {
            TableName now = renamed.getOrDefault(change.table(), change.table());
            if (change instanceof TableChange.Create create && !hasColumns(create)) {
                return false;
            }
            if (change instanceof TableChange.Alter alter && !hasAll(now, alter.actions())) {
                return false;
            }
        }
        return true;
    }

    private boolean hasColumns(TableChange.Create create) throws SQLException {
        Set<String> columns = columns(create.table());
        return create.columns().stream().allMatch(column -> columns.contains(lower(column.name())));
    }

    private boolean hasAll(TableName table, List<AlterAction> actions) throws SQLException {
        Expected columns = new Expected();
        Expected keys = new Expected();
        for (AlterAction action : actions) {
            if (action instanceof AlterAction.AddColumn add) {
                columns.comes(add.column().name());
            } else if (action instanceof AlterAction.DropColumn drop) {
                columns.goes(drop.name());
            } else if (action instanceof AlterAction.ChangeColumn change) {
                columns.goes(change.name());
                columns.comes(change.column().name());
            } else if (action instanceof AlterAction.RenameColumn rename) {
                columns.goes(rename.from());
                columns.comes(rename.to());
            } else if (action instanceof AlterAction.AddKey add && add.key().name() != null) {
                keys.comes(add.key().name());
            } else if (action instanceof AlterAction.DropPrimaryKey) {
                keys.goes("PRIMARY");
            } else if (action instanceof AlterAction.DropKey drop) {
                keys.goes(drop.name());
            } else if (action instanceof AlterAction.RenameKey rename) {
                keys.goes(rename.from());
                keys.comes(rename.to());
            }
        }
        return columns.met(columns(table)) && keys.met(keys(table));
    }

    private static final class Expected {
        private final Set<String> coming = new HashSet<>();
        private final Set<String> going = new HashSet<>();

        void comes(String name) {
            coming.add(lower(name));
        }

        void goes(String name) {
            going.add(lower(name));
        }

        boolean met(Set<String> there) {
            return there.containsAll(coming)
                    && going.stream().allMatch(name -> coming.contains(name) || !there.contains(name));
        }
    }

    private Set<String> columns(TableName table) throws SQLException {
        return names("SELECT column_name FROM information_schema.columns WHERE table_schema=? AND table_name=?", table);
    }

    private Set<String> keys(TableName table) throws SQLException {
        return names(
                "SELECT index_name FROM information_schema.statistics WHERE table_schema=? AND table_name=?", table);
    }

    private Set<String> names(String sql, TableName table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, table.schema());
            query.setString(2, table.table());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.add(lower(row.getString(1)));
                }
            }
        }
        connection.commit();
        return names;
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
