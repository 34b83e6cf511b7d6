package dev.sluice.change.expression;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of a table as an expression takes them in; names compare without case. */
record Inputs(List<Column> columns) {
    private static final int UNKNOWN_LENGTH = 1 << 28;
    private static final int LONGEST_TIME = 26;

    /** So many digits always fit into a long. */
    private static final int SAFE_DIGITS = 18;

    int ordinal(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new InvalidExpression("there is no column '" + name + "'; there are "
                + columns.stream().map(Column::name).collect(Collectors.joining(", ")));
    }

    /** The value of a column. */
    Value value(String name) {
        int ordinal = ordinal(name);
        Column column = columns.get(ordinal);
        if (column.textual()) {
            return TextValue.of(longest(column), text(ordinal));
        }
        String type = column.type();
        boolean unsigned = type.contains("unsigned");
        return switch (column.baseType()) {
            case "tinyint" -> number(3, 0, ordinal);
            case "smallint" -> number(5, 0, ordinal);
            case "mediumint" -> number(8, 0, ordinal);
            case "int", "integer" -> number(10, 0, ordinal);
            case "bigint" -> number(unsigned ? 20 : 19, 0, ordinal);
            case "year" -> number(4, 0, ordinal);
            case "decimal", "numeric" -> number(argument(type, '(', 10), argument(type, ',', 0), ordinal);
            case "date", "datetime", "timestamp", "time" -> new TextValue(type, LONGEST_TIME, text(ordinal));
            default ->
                throw new InvalidExpression(
                        "column " + column.name() + " is " + type
                                + ", which an expression cannot use; it takes text, ENUM, SET, whole numbers, DECIMAL and times");
        };
    }

    private static NumberValue number(int precision, int scale, int ordinal) {
        return new NumberValue(
                precision,
                scale,
                row -> row.find(ordinal).isNull() ? null : decimal(row.bytes(), row.from(), row.to()));
    }

    /** The digits of a cell, in quotes or not. */
    private static BigDecimal decimal(byte[] bytes, int from, int to) {
        int start = bytes[from] == '"' ? from + 1 : from;
        int end = bytes[from] == '"' ? to - 1 : to;
        boolean negative = bytes[start] == '-';
        if (end - start > SAFE_DIGITS) {
            return new BigDecimal(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
        }
        long digits = 0;
        int scale = 0;
        boolean behind = false;
        for (int i = negative ? start + 1 : start; i < end; i++) {
            if (bytes[i] == '.') {
                behind = true;
            } else {
                digits = digits * 10 + bytes[i] - '0';
                scale += behind ? 1 : 0;
            }
        }
        return BigDecimal.valueOf(negative ? -digits : digits, scale);
    }

    private static TextValue.Writer text(int ordinal) {
        return (row, out) -> {
            if (row.find(ordinal).isNull()) {
                return false;
            }
            append(row.bytes(), row.from(), row.to(), out);
            return true;
        };
    }

    private static void append(byte[] bytes, int from, int to, LineBuffer out) {
        if (bytes[from] != '"') {
            // the number 0 of an ENUM, which is the empty text
            return;
        }
        TextValue.requireRoom((long) out.length() + to - from);
        for (int i = from + 1; i < to - 1; i++) {
            if (bytes[i] == '\\') {
                out.put(CellText.decode(bytes, from, to).getBytes(StandardCharsets.UTF_8));
                return;
            }
        }
        out.put(bytes, from + 1, to - 1);
    }

    private static int longest(Column column) {
        return switch (column.baseType()) {
            case "char", "varchar" -> argument(column.type(), '(', UNKNOWN_LENGTH);
            case "tinytext" -> 255;
            // no label is longer than all of them
            case "enum", "set" -> column.type().length();
            default -> UNKNOWN_LENGTH;
        };
    }

    /** The number behind a character of a type, {@code 4} behind the comma of {@code decimal(18,4)}. */
    private static int argument(String type, char before, int absent) {
        int from = type.indexOf(before) + 1;
        int to = from;
        while (to < type.length() && Character.isDigit(type.charAt(to))) {
            to++;
        }
        return from == 0 || from == to ? absent : Integer.parseInt(type.substring(from, to));
    }
}
