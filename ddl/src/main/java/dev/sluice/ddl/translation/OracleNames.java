package dev.sluice.ddl.translation;

import dev.sluice.ddl.TableName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an Oracle target: names that are there keep their spelling, new ones are in upper case.
 *
 * @param schemas as they are spelled, by the statement's names
 * @param tables those that are there, by the statement's names
 * @param keyOwners names of the tables that have keys, by schema and name of the key, all as they are spelled
 */
public record OracleNames(
        Map<String, String> schemas, Map<TableName, Table> tables, Map<String, Map<String, String>> keyOwners) {
    /** Nothing is known. */
    public static final OracleNames UNKNOWN = new OracleNames(Map.of(), Map.of(), Map.of());

    /**
     * A table that is there.
     *
     * @param name as it is spelled
     * @param columns by name in lower case
     * @param keys unique constraints and indexes as they are spelled, and whether they are constraints
     */
    public record Table(TableName name, Map<String, Column> columns, Map<String, Boolean> keys) {}

    /**
     * A column that is there.
     *
     * @param name as it is spelled
     * @param type in upper case
     */
    public record Column(String name, String type) {}

    /** What stands for a key of the source. */
    record Key(String name, boolean constraint) {}

    TableName table(TableName name) {
        Table there = tables.get(name);
        return there == null ? fresh(name) : there.name();
    }

    /** A table that is not there yet. */
    TableName fresh(TableName name) {
        return new TableName(schemas.getOrDefault(name.schema(), upper(name.schema())), upper(name.table()));
    }

    String column(TableName table, String name) {
        return there(table, name).map(Column::name).orElse(upper(name));
    }

    /** Its type at the target; empty if that is not known. */
    String type(TableName table, String column) {
        return there(table, column).map(Column::type).orElse("");
    }

    private Optional<Column> there(TableName table, String column) {
        Table there = tables.get(table);
        return there == null
                ? Optional.empty()
                : Optional.ofNullable(there.columns().get(column.toLowerCase(Locale.ROOT)));
    }

    /** Named for the table, or for the one that the table was; one that is not there gets the name that a new one has. */
    Key key(TableName table, String name) {
        String usual = keyName(table(table), name);
        Table there = tables.get(table);
        Map<String, Boolean> keys = there == null ? Map.of() : there.keys();
        @Nullable String found = keys.containsKey(usual) ? usual : keys.containsKey(name) ? name : null;
        if (found == null) {
            var alike = keys.keySet().stream()
                    .filter(key -> key.endsWith("_" + upper(name)))
                    .toList();
            if (alike.size() > 1) {
                throw new NoTranslation("several keys of the table may be " + name + ": " + String.join(", ", alike));
            }
            found = alike.isEmpty() ? usual : alike.get(0);
        }
        return new Key(found, keys.getOrDefault(found, false));
    }

    /**
     * What a new key of a table is called, so that no other table's has its name: one that was renamed still has keys of its
     * first name. What an earlier try has made of the same name is the table's own, and found again.
     */
    String free(TableName there, String called) {
        Map<String, String> owners = keyOwners.getOrDefault(there.schema(), Map.of());
        String free = called;
        for (int i = 2;
                !owners.getOrDefault(keyName(there, free), there.table()).equals(there.table());
                i++) {
            free = i + "_" + called;
        }
        return free;
    }

    /** The name of a new key, for one namespace holds those of all tables. */
    static String keyName(TableName table, String name) {
        return ShortName.of(table.table() + "_" + upper(name), OracleStatements.LONGEST_NAME);
    }

    static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
