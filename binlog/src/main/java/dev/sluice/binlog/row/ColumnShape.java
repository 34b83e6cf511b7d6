package dev.sluice.binlog.row;

import org.jspecify.annotations.Nullable;

/**
 * One column as the table map describes it.
 *
 * @param type SQL type as text, for example "bigint unsigned", "decimal(18,4)", "datetime(6)", "varchar(40)",
 *     "binary(16)", "enum('a','b')"
 * @param charset MySQL's name of the character set, null for columns that hold no text
 * @param collation MySQL's number of the collation, 0 for columns that hold no text
 * @param visible whether SELECT * shows the column
 */
public record ColumnShape(
        String name,
        String type,
        boolean nullable,
        @Nullable String charset,
        int collation,
        boolean visible) {

    /** The type without its length, values and sign: "bigint", "decimal", "varchar". */
    public String baseType() {
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (c == '(' || c == ' ') {
                return type.substring(0, i);
            }
        }
        return type;
    }
}
