package dev.sluice.binlog.schema;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of columns as text. */
public final class TypeText {
    private static final Pattern COMMENT = Pattern.compile("\\s*/\\*.*?\\*/");
    private static final Pattern DISPLAY_WIDTH =
            Pattern.compile("(tinyint|smallint|mediumint|int|bigint|year|float|double)\\([0-9,]+\\)");
    private static final Pattern LABEL = Pattern.compile("'((?:[^'\\\\]|''|\\\\.)*+)'", Pattern.DOTALL);

    private TypeText() {}

    /** The type as the binary log tells it, from COLUMN_TYPE of information_schema: without what only a display needs. */
    public static String normal(String columnType) {
        String head = columnType.substring(0, Math.min(5, columnType.length())).toLowerCase(Locale.ROOT);
        if (head.equals("enum(") || head.startsWith("set(")) {
            return labelled(columnType, head.equals("enum(") ? "enum(" : "set(");
        }
        String type = COMMENT.matcher(columnType.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replace(" zerofill", "");
        Matcher width = DISPLAY_WIDTH.matcher(type);
        if (width.lookingAt()) {
            type = width.group(1) + type.substring(width.end());
        }
        int end = type.indexOf('(');
        return switch (end < 0 ? type : type.substring(0, end)) {
            case "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geomcollection",
                    "geometrycollection" -> "geometry";
            case "vector" -> "vector";
            case "inet6", "uuid" -> "binary(16)";
            case "inet4" -> "binary(4)";
            default -> type;
        };
    }

    /** Servers write some characters of labels with a backslash. */
    private static String labelled(String columnType, String kind) {
        StringBuilder normal = new StringBuilder(kind);
        Matcher label = LABEL.matcher(columnType);
        while (label.find()) {
            normal.append(normal.length() == kind.length() ? "'" : ",'");
            String text = label.group(1);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                normal.append(c == '\\' ? unescaped(text.charAt(++i)) : c);
            }
            normal.append('\'');
        }
        return normal.append(')').toString();
    }

    private static String unescaped(char escape) {
        return switch (escape) {
            case '0' -> "\0";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case '\'' -> "''";
            default -> String.valueOf(escape);
        };
    }
}
