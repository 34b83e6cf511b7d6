package dev.sluice.ddl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column as a statement defines it.
 *
 * @param type base type in the form of information_schema: "int", "varchar", "enum"; all geometry types are "geometry"
 * @param length as declared in parentheses, -1 without; only for text and binary types
 * @param nullable null if the statement does not say
 * @param charset null if the statement names none, so that the table's holds
 * @param collation null if the statement names none
 * @param binary whether the character set's binary collation is asked for
 * @param labels of an ENUM or SET
 */
public record ColumnDefinition(
        String name,
        String type,
        long length,
        boolean unsigned,
        @Nullable Boolean nullable,
        @Nullable String charset,
        @Nullable String collation,
        boolean binary,
        List<String> labels) {}
