package dev.sluice.ddl.schema;

import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What a table looks like between two statements.
 *
 * @param collation for columns that name none
 * @param keys all indexes, each with its name
 */
public record TableSchema(TableName name, String collation, List<Column> columns, List<KeyDefinition> keys) {
    /**
     * The table that a statement creates.
     *
     * @param schemaCollation of the schema it is in
     * @throws IllegalArgumentException if the statement does not fit the server
     */
    public static TableSchema created(TableChange.Create create, String schemaCollation, ServerRules rules) {
        String collation = rules.charsets().collation(create.charset(), schemaCollation);
        ColumnResolution resolution = new ColumnResolution(rules, collation);
        List<Column> columns =
                create.columns().stream().map(resolution::resolve).toList();
        return Keys.settled(create.table(), collation, columns, List.of(), create.keys());
    }

    /**
     * The table after a statement; the rules of names (IF EXISTS) included.
     *
     * @return empty if the statement does not fit the table, so that this is not what the server has
     */
    public Optional<TableSchema> apply(TableChange.Alter alter, ServerRules rules) {
        try {
            return Optional.of(new Alteration(this, rules).apply(alter.actions()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same under another name. */
    public TableSchema named(TableName other) {
        return new TableSchema(other, collation, columns, keys);
    }
}
