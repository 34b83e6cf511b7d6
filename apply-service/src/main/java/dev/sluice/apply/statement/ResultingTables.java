package dev.sluice.apply.statement;

import dev.sluice.ddl.AlterAction;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the tables of a target are as a statement leaves them. */
final class ResultingTables {
    private final Connection connection;
    private final Catalog catalog;

    /**
     * Where a server tells names.
     *
     * @param columns query for the columns of a schema and table
     * @param keys the same for its keys
     */
    record Catalog(String columns, String keys) {}

    ResultingTables(Connection connection, Catalog catalog) {
        this.connection = connection;
        this.catalog = catalog;
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
            } else if (action instanceof AlterAction.AddKey add) {
                name(add.key()).ifPresent(keys::comes);
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

    /** A key without a name gets that of its first column. */
    private static Optional<String> name(KeyDefinition key) {
        return key.kind() == KeyDefinition.Kind.FOREIGN
                ? Optional.empty()
                : Optional.ofNullable(key.name())
                        .or(() -> Optional.ofNullable(key.parts().get(0).column()));
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
        return names(catalog.columns(), table);
    }

    private Set<String> keys(TableName table) throws SQLException {
        return names(catalog.keys(), table);
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

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
