package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;

/**
 * How PostgreSQL reads the cells of a column: as strings without a type, which it turns into the column's own. A string
 * ends at its quote alone, for standard_conforming_strings is on.
 */
final class PostgresCells {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private PostgresCells() {}

    static CellWriter of(TablePlan.Slot slot) {
        Column column = slot.source();
        CellWriter writer;
        if (column.binary()) {
            writer = switch (slot.type()) {
                case "bytea" -> (out, json, from, to) -> writeBytes(out, bytes(slot, json, from, to));
                case "uuid" -> (out, json, from, to) -> writeUuid(out, slot, bytes(slot, json, from, to));
                default ->
                    (out, json, from, to) -> {
                        throw new RefusedCell(slot, "bytes do not fit the type " + slot.type() + "; make it bytea");
                    };
            };
        } else if (slot.type().equals("bytea")) {
            // as text it would take a backslash for an escape
            writer = (out, json, from, to) ->
                    writeBytes(out, CellText.decode(json, from, to).getBytes(StandardCharsets.UTF_8));
        } else if (column.baseType().equals("bit") && slot.type().endsWith("bit")) {
            int digits = digits(column.type());
            writer = (out, json, from, to) -> writeBits(out, digits, CellText.decode(json, from, to));
        } else if (column.baseType().equals("enum")) {
            writer = (out, json, from, to) -> writeLabel(out, slot, json, from, to);
        } else {
            writer = (out, json, from, to) -> writeText(out, slot, json, from, to);
        }
        return (out, json, from, to) -> {
            if (CellText.isNull(json, from, to)) {
                out.ascii("NULL");
            } else {
                writer.value(out, json, from, to);
            }
        };
    }

    /** The {@code n} of {@code bit(n)}. */
    private static int digits(String type) {
        int open = type.indexOf('(');
        return open < 0
                ? 1
                : Integer.parseInt(
                        type.substring(open + 1, type.indexOf(')', open)).strip());
    }

    private static byte[] bytes(TablePlan.Slot slot, byte[] json, int from, int to) throws SQLException {
        try {
            return Base64.getDecoder().decode(CellText.decode(json, from, to));
        } catch (IllegalArgumentException e) {
            throw new RefusedCell(slot, "its bytes are not base64");
        }
    }

    private static void writeBytes(LineBuffer out, byte[] bytes) {
        out.ascii("'\\x");
        writeHex(out, bytes);
        out.put('\'');
    }

    private static void writeUuid(LineBuffer out, TablePlan.Slot slot, byte[] bytes) throws SQLException {
        if (bytes.length != 16) {
            throw new RefusedCell(slot, "a uuid has 16 bytes, this value " + bytes.length);
        }
        out.put('\'');
        writeHex(out, bytes);
        out.put('\'');
    }

    private static void writeHex(LineBuffer out, byte[] bytes) {
        byte[] digits = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = HEX[bytes[i] >> 4 & 15];
            digits[2 * i + 1] = HEX[bytes[i] & 15];
        }
        out.put(digits);
    }

    private static void writeBits(LineBuffer out, int digits, String number) {
        String binary = Long.toBinaryString(Long.parseUnsignedLong(number));
        out.put('\'')
                .ascii("0".repeat(Math.max(0, digits - binary.length())))
                .ascii(binary)
                .put('\'');
    }

    /** ENUM's index 0 is the empty string, as SELECT says it. */
    private static void writeLabel(LineBuffer out, TablePlan.Slot slot, byte[] json, int from, int to)
            throws SQLException {
        if (json[from] == '"') {
            writeText(out, slot, json, from, to);
        } else {
            out.ascii("''");
        }
    }

    /** Text, digits or times as they are, quoted. */
    private static void writeText(LineBuffer out, TablePlan.Slot slot, byte[] json, int from, int to)
            throws SQLException {
        boolean quoted = json[from] == '"';
        int first = quoted ? from + 1 : from;
        int end = quoted ? to - 1 : to;
        for (int i = first; i < end; i++) {
            if (json[i] == '\\' || json[i] == '\'') {
                writeEscaped(out, slot, CellText.decode(json, from, to));
                return;
            }
        }
        out.put('\'').put(json, first, end).put('\'');
    }

    private static void writeEscaped(LineBuffer out, TablePlan.Slot slot, String text) throws SQLException {
        if (text.indexOf('\0') >= 0) {
            throw new RefusedCell(
                    slot,
                    "the text holds the character U+0000, which PostgreSQL stores in no text; make the column bytea or"
                            + " exclude it in the mapping");
        }
        out.put('\'')
                .put(text.replace("'", "''").getBytes(StandardCharsets.UTF_8))
                .put('\'');
    }
}
