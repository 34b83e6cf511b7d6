package dev.sluice.binlog.row;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*+)'");

    /** A column of which the collation is known; 0 for none. */
    public static ColumnShape of(String name, String type, boolean nullable, int collation, boolean visible) {
        String charset = collation == 0 ? null : Collations.charset(collation);
        if (collation != 0 && charset == null) {
            throw new IllegalArgumentException(
                    "column " + name + " has the collation number " + collation + ", which is not known");
        }
        return new ColumnShape(name, type, nullable, charset, collation, visible);
    }

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

    /** Whether its numbers have no sign. */
    public boolean unsigned() {
        return type.endsWith(" unsigned");
    }

    /** The labels of an enum or a set in their order; none for other types. */
    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        if (type.startsWith("enum(") || type.startsWith("set(")) {
            Matcher label = LABEL.matcher(type);
            while (label.find()) {
                labels.add(label.group(1).replace("''", "'"));
            }
        }
        return labels;
    }
}
