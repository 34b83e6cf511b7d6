package dev.sluice.ddl.schema;

import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.TableCharset;
import java.util.Map;
import java.util.Set;

/** Makes of a column's definition the column that the server makes of it. */
final class ColumnResolution {
    private static final Map<String, String> BINARY_FORMS = Map.of(
            "char", "binary",
            "varchar", "varbinary",
            "tinytext", "tinyblob",
            "text", "blob",
            "mediumtext", "mediumblob",
            "longtext", "longblob");
    private static final Set<String> TEXTS =
            Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");
    private static final int LONGEST_ROW = 65_535;

    private final ServerRules rules;
    private final String collation;

    ColumnResolution(ServerRules rules, String collation) {
        this.rules = rules;
        this.collation = collation;
    }

    static boolean isText(String type) {
        return TEXTS.contains(type);
    }

    Column resolve(ColumnDefinition column) {
        boolean nullable = column.nullable() == null
                ? rules.explicitTimestamps() || !column.type().equals("timestamp")
                : column.nullable();
        if (!isText(column.type())) {
            String type = sized(column.type(), column.length());
            return new Column(column.name(), type, column.unsigned(), nullable, null, null, column.labels());
        }
        Charsets charsets = rules.charsets();
        String own = charsets.collation(new TableCharset(column.charset(), column.collation()), collation);
        if (column.binary()) {
            own = charsets.binary(own);
        }
        String charset = charsets.charsetOf(own);
        String type = sized(column.type(), column.length() < 0 ? -1 : column.length() * charsets.width(own));
        Column text = new Column(column.name(), type, false, nullable, charset, own, column.labels());
        return binaryForm(text);
    }

    /** Text in the character set "binary" is a binary type; labels stay labels. */
    static Column binaryForm(Column column) {
        if (!"binary".equals(column.charset())) {
            return column;
        }
        String form = BINARY_FORMS.getOrDefault(column.type(), column.type());
        return new Column(column.name(), form, column.unsigned(), column.nullable(), null, null, column.labels());
    }

    /** TEXT(n) and BLOB(n) are the smallest type that holds so many bytes, and so is a VARCHAR that fits no row. */
    private static String sized(String type, long bytes) {
        return switch (type) {
            case "text" -> bytes < 0 ? type : ofSize("text", bytes);
            case "blob" -> bytes < 0 ? type : ofSize("blob", bytes);
            case "varchar" -> bytes > LONGEST_ROW ? ofSize("text", bytes) : type;
            case "varbinary" -> bytes > LONGEST_ROW ? ofSize("blob", bytes) : type;
            default -> type;
        };
    }

    static String ofSize(String suffix, long bytes) {
        if (bytes < 1 << 8) {
            return "tiny" + suffix;
        }
        return bytes < 1 << 16 ? suffix : bytes < 1 << 24 ? "medium" + suffix : "long" + suffix;
    }
}
