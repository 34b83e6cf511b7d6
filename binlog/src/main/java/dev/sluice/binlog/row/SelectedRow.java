package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns rows that a query gives as text into the cells that the binlog decoder makes of the same rows. The query must
 * select {@link #expressions()}, on a connection with utf8mb4 results and the time zone UTC. Not safe for concurrent use.
 */
public final class SelectedRow {
    private static final int NULL = 0xfb;

    private enum Kind {
        INTEGER,
        BIT,
        DECIMAL,
        FLOAT,
        DOUBLE,
        ASCII,
        TEXT,
        ENUM,
        SET,
        BYTES
    }

    private final List<ColumnShape> columns;
    private final Kind[] kinds;
    private final long[] numbers;
    private final DecodedRow row = new DecodedRow();

    /**
     * For the rows of a table.
     *
     * @throws IllegalArgumentException if it has a column of a type that is not known
     */
    public SelectedRow(TableShape table) {
        columns = table.columns();
        kinds = columns.stream().map(SelectedRow::kind).toArray(Kind[]::new);
        numbers = new long[kinds.length];
    }

    private static Kind kind(ColumnShape column) {
        return switch (column.baseType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> Kind.INTEGER;
            case "bit" -> Kind.BIT;
            case "decimal" -> Kind.DECIMAL;
            case "float" -> Kind.FLOAT;
            case "double" -> Kind.DOUBLE;
            case "date", "time", "datetime", "timestamp" -> Kind.ASCII;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json" -> Kind.TEXT;
            case "enum" -> Kind.ENUM;
            case "set" -> Kind.SET;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "geometry", "vector" ->
                Kind.BYTES;
            default ->
                throw new IllegalArgumentException(
                        "column " + column.name() + " has the type " + column.type() + ", which cannot be copied yet");
        };
    }

    /** What to select. */
    public String expressions() {
        return columns.stream().map(this::expression).collect(Collectors.joining(", "));
    }

    private String expression(ColumnShape column) {
        String name = "`" + column.name().replace("`", "``") + "`";
        return switch (kinds[columns.indexOf(column)]) {
            case BIT -> "CAST(" + name + " AS UNSIGNED)";
            // as text a FLOAT has 6 digits; as DOUBLE it has all, and times one keeps the sign of zero
            case FLOAT, DOUBLE -> name + " * 1e0";
            // the label of index 0 looks like the label ''
            case ENUM, SET -> "CAST(" + name + " AS UNSIGNED), " + name;
            // MariaDB logs INET6, INET4 and UUID as such columns, and selects them as text
            case BYTES -> column.baseType().equals("binary") ? "CAST(" + name + " AS " + column.type() + ")" : name;
            default -> name;
        };
    }

    /** Reads a row; the result is used again for the next one. */
    public DecodedRow read(ByteCursor in) {
        row.begin(RowOp.INSERT, kinds.length);
        JsonBuffer out = row.buffer;
        int put = out.size;
        for (int i = 0; i < kinds.length; i++) {
            if (i > 0) {
                put = out.ascii(put, ',');
            }
            row.cellStart[i] = put;
            put = cell(in, out, put, i);
            row.cellEnd[i] = put;
            row.changed[i] = false;
        }
        out.size = put;
        return row;
    }

    /** The number behind an ENUM or SET value of the row read last. */
    public long number(int column) {
        return numbers[column];
    }

    private int cell(ByteCursor in, JsonBuffer out, int put, int column) {
        Kind kind = kinds[column];
        if (kind == Kind.ENUM || kind == Kind.SET) {
            numbers[column] = isNull(in) ? 0 : Long.parseUnsignedLong(text(in));
        }
        if (isNull(in)) {
            return out.nullValue(put);
        }
        int length = (int) in.lengthEncoded();
        int at = in.skip(length);
        byte[] bytes = in.bytes();
        return switch (kind) {
            case INTEGER, BIT -> digits(out, put, bytes, at, at + length);
            case DECIMAL -> out.ascii(digits(out, out.ascii(put, '"'), bytes, at, at + length), '"');
            case FLOAT -> FloatText.writeFloat(out, put, (float) real(bytes, at, length));
            case DOUBLE -> FloatText.writeDouble(out, put, real(bytes, at, length));
            case ENUM -> numbers[column] == 0 ? out.ascii(put, '0') : out.quoted(put, bytes, at, at + length);
            case ASCII, TEXT, SET -> out.quoted(put, bytes, at, at + length);
            case BYTES -> Base64Text.write(out, put, bytes, at, at + length, 0);
        };
    }

    private static boolean isNull(ByteCursor in) {
        if ((in.bytes()[in.position()] & 0xff) != NULL) {
            return false;
        }
        in.skip(1);
        return true;
    }

    private static String text(ByteCursor in) {
        return in.text(in.lengthEncoded());
    }

    private static double real(byte[] bytes, int at, int length) {
        return Double.parseDouble(new String(bytes, at, length, StandardCharsets.US_ASCII));
    }

    /** A number without the zeros that ZEROFILL puts in front; where it ends. */
    private static int digits(JsonBuffer out, int put, byte[] in, int from, int to) {
        int at = from;
        int end = put;
        if (in[at] == '-') {
            end = out.ascii(end, '-');
            at++;
        }
        while (at < to - 1 && in[at] == '0' && in[at + 1] != '.') {
            at++;
        }
        for (; at < to; at++) {
            end = out.ascii(end, (char) in[at]);
        }
        return end;
    }
}
