package dev.sluice.ddl.translation;

import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table to be made at a target.
 *
 * @param columns with the names that they have at the target, and each text column with its collation if that is known
 * @param keys with the names of the columns at the target
 * @param collation for columns that name none; null for the schema's
 * @param comment null without
 */
public record NewTable(
        String schema,
        String name,
        List<ColumnDefinition> columns,
        List<KeyDefinition> keys,
        @Nullable String collation,
        @Nullable String comment) {
    /** The table that a statement makes. */
    static NewTable of(TableChange.Create create) {
        return new NewTable(
                create.table().schema(),
                create.table().table(),
                create.columns(),
                create.keys(),
                create.charset().collation(),
                create.comment());
    }

    /** The same under another name. */
    public NewTable as(TableName other) {
        return new NewTable(other.schema(), other.table(), columns, keys, collation, comment);
    }

    /** The same with other keys. */
    NewTable withKeys(UnaryOperator<KeyDefinition> change) {
        return new NewTable(schema, name, columns, keys.stream().map(change).toList(), collation, comment);
    }

    /** The column that a part of a key is made of. */
    static String column(KeyDefinition key, KeyDefinition.Part part) {
        if (part.column() == null) {
            throw new NoTranslation("key " + key.name() + " is made of an expression");
        }
        return part.column();
    }

    ColumnDefinition column(String called) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(called))
                .findFirst()
                .orElseThrow(
                        () -> new NoTranslation("a key names column " + called + ", which the table does not have"));
    }

    /** Whether a column belongs to the primary key. */
    boolean inPrimaryKey(String column) {
        return keys.stream()
                .filter(key -> key.kind() == KeyDefinition.Kind.PRIMARY)
                .flatMap(key -> key.parts().stream())
                .anyMatch(part -> column.equalsIgnoreCase(part.column()));
    }
}
