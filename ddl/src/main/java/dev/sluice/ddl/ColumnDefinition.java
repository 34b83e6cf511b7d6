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
 * @param details what matters only to whoever makes the column elsewhere
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
        List<String> labels,
        ColumnDetails details) {
    /** Whether a text type holds bytes, for its character set is the binary one. */
    public boolean holdsBytes() {
        return "binary".equals(charset);
    }

    /** The same under another name. */
    public ColumnDefinition named(String other) {
        return new ColumnDefinition(
                other, type, length, unsigned, nullable, charset, collation, binary, labels, details);
    }

    /** The same with what it may hold told by something else than the statement. */
    public ColumnDefinition with(@Nullable Boolean otherNullable, @Nullable String otherCollation) {
        return new ColumnDefinition(
                name, type, length, unsigned, otherNullable, charset, otherCollation, binary, labels, details);
    }

    /** The same with another default, in the form of {@link ColumnDetails#defaultValue()}. */
    public ColumnDefinition withDefault(String value) {
        return with(new ColumnDetails(
                details.word(),
                details.numbers(),
                details.zerofill(),
                value,
                details.comment(),
                details.autoIncrement(),
                details.generated()));
    }

    /** The same with other details. */
    public ColumnDefinition with(ColumnDetails other) {
        return new ColumnDefinition(name, type, length, unsigned, nullable, charset, collation, binary, labels, other);
    }
}
