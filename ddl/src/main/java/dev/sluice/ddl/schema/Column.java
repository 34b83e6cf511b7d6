package dev.sluice.ddl.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param type as information_schema has it in DATA_TYPE, but all geometry types are "geometry"
 * @param charset null for types without text
 * @param collation null for types without text
 * @param labels of an ENUM or SET
 */
public record Column(
        String name,
        String type,
        boolean unsigned,
        boolean nullable,
        @Nullable String charset,
        @Nullable String collation,
        List<String> labels) {
    Column named(String other) {
        return new Column(other, type, unsigned, nullable, charset, collation, labels);
    }

    Column notNull() {
        return new Column(name, type, unsigned, false, charset, collation, labels);
    }

    Column ofType(String other) {
        return new Column(name, other, unsigned, nullable, charset, collation, labels);
    }

    Column withCharset(String otherCharset, String otherCollation) {
        return new Column(name, type, unsigned, nullable, otherCharset, otherCollation, labels);
    }
}
