package dev.sluice.capture.snapshot;

import dev.sluice.binlog.protocol.TextLiteral;
import dev.sluice.binlog.row.ColumnShape;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value of a key as SQL that compares with its column as the column's own values do: in its character set, and
 * with the number behind an ENUM.
 */
final class KeyLiteral {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,70}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,4})?");
    private static final Pattern TEMPORAL =
            Pattern.compile("-?[0-9]{1,4}([-:][0-9]{2}){2}( [0-9:.]{8,15})?(\\.[0-9]{1,6})?");

    private KeyLiteral() {}

    /**
     * The literal.
     *
     * @param collation the column's, null if it holds no text
     * @param text of the cell; base64 for binary columns, the number for ENUM and SET
     * @throws CannotCopy if it is no value of such a column
     */
    static String of(ColumnShape column, @Nullable String collation, String text) {
        return switch (column.baseType()) {
            case "tinyint",
                    "smallint",
                    "mediumint",
                    "int",
                    "bigint",
                    "year",
                    "bit",
                    "decimal",
                    "double",
                    "enum",
                    "set" -> checked(column, text, NUMBER);
            // compared as DOUBLE, which has digits that the shortest text of a FLOAT lacks
            case "float" -> Double.toString(Float.parseFloat(checked(column, text, NUMBER)));
            case "date", "time", "datetime", "timestamp" -> "'" + checked(column, text, TEMPORAL) + "'";
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                "X'" + base64(column, text) + "'";
            default -> {
                String literal = TextLiteral.of(text);
                yield column.charset() == null || collation == null
                        ? literal
                        : "CONVERT(" + literal + " USING " + column.charset() + ") COLLATE " + collation;
            }
        };
    }

    private static String checked(ColumnShape column, String text, Pattern pattern) {
        if (!pattern.matcher(text).matches()) {
            throw new CannotCopy("'" + text + "' is no value of the key's column " + column.name() + ", which is a "
                    + column.type());
        }
        return text;
    }

    private static String base64(ColumnShape column, String text) {
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new CannotCopy("'" + text + "' is not base64, as the key's column " + column.name() + " needs it");
        }
    }
}
