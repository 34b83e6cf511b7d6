package dev.sluice.dispatch.mapping;

import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a mapping into a table line: target names, which columns are left out, and behind the table's own the columns that
 * the mapping sets. Those of the target's key join every key of the table, for only with them it is one at the target.
 */
public final class TableRewriter {
    private TableRewriter() {}

    /**
     * The line for a partition queue.
     *
     * @throws MappingRefused if the mapping leaves out a column of the primary key, gives two columns one name, or makes one
     *     of what the table does not have
     */
    public static TableLine rewrite(TableLine table, Mapping mapping) {
        List<Column> columns = new ArrayList<>();
        table.columns().forEach(column -> columns.add(rewrite(column, mapping)));
        mapping.set().forEach(set -> columns.add(new Column(set.column(), type(set, table, mapping))));
        for (int ordinal : table.key()) {
            if (columns.get(ordinal).skip()) {
                throw new MappingRefused("the mapping " + name(mapping) + " leaves out column "
                        + columns.get(ordinal).name() + ", which belongs to the primary key of " + name(table)
                        + "; take it into columns.include and out of columns.exclude");
            }
        }
        refuseTwins(columns, table, mapping);
        TableLine.Target target = new TableLine.Target(
                Objects.requireNonNullElse(mapping.targetSchema(), table.schema()),
                Objects.requireNonNullElse(mapping.targetTable(), table.name()));
        return new TableLine(
                table.table(),
                table.schema(),
                table.name(),
                columns,
                withSet(table.key(), table, mapping),
                table.unique().stream().map(key -> withSet(key, table, mapping)).toList(),
                target,
                mapping.cache(),
                mapping.createTable());
    }

    private static String type(SetColumn set, TableLine table, Mapping mapping) {
        return set.expression() == null
                ? "varchar(" + set.longest() + ")"
                : SetCells.bind(table, mapping, set).type();
    }

    private static List<Integer> withSet(List<Integer> key, TableLine table, Mapping mapping) {
        if (key.isEmpty()) {
            return key;
        }
        List<Integer> whole = new ArrayList<>(key);
        for (int i = 0; i < mapping.set().size(); i++) {
            if (mapping.set().get(i).key()) {
                whole.add(table.columns().size() + i);
            }
        }
        return whole;
    }

    private static Column rewrite(Column column, Mapping mapping) {
        boolean skip = !mapping.columns().takes(column.name());
        String to = mapping.columns().targetName(column.name());
        return new Column(column.name(), column.type(), skip || to.equals(column.name()) ? null : to, skip);
    }

    private static void refuseTwins(List<Column> columns, TableLine table, Mapping mapping) {
        Map<String, String> sources = new HashMap<>();
        for (Column column : columns) {
            if (column.skip()) {
                continue;
            }
            @Nullable String twin = sources.put(column.targetName().toLowerCase(Locale.ROOT), column.name());
            if (twin != null) {
                throw new MappingRefused("the mapping " + name(mapping) + " brings columns " + twin + " and "
                        + column.name() + " of " + name(table) + " to one target column " + column.targetName()
                        + "; change columns.rename" + (mapping.set().isEmpty() ? "" : " or set"));
            }
        }
    }

    private static String name(Mapping mapping) {
        return mapping.schema() + "." + mapping.table();
    }

    private static String name(TableLine table) {
        return table.schema() + "." + table.name();
    }
}
