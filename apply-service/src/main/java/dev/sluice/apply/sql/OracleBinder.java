package dev.sluice.apply.sql;

import dev.sluice.change.message.CellText;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/**
 * Binds the cells of one column to parameters of Oracle statements. The empty string and no bytes are NULL there, and so
 * they are here. Immutable.
 */
final class OracleBinder {
    /** What is longer is sent as a stream. */
    private static final int LONG = 8_000;

    private final TablePlan.Slot slot;
    private final String type;

    OracleBinder(TablePlan.Slot slot) {
        this.slot = slot;
        type = slot.type();
    }

    /** Whether the column is a large object, which is compared by a function and stands last. */
    boolean large() {
        return type.endsWith("clob") || type.equals("blob");
    }

    /** Whether the column's values are padded with blanks. */
    boolean padded() {
        return type.equals("char") || type.equals("nchar");
    }

    /** Whether Oracle takes a cell for NULL. */
    boolean isNull(byte[] json, int from, int to) {
        return CellText.isNull(json, from, to) || json[from] == '"' && to - from == 2 || isEmptyLabel(json, from);
    }

    /** ENUM's index 0, which is the empty string. */
    private boolean isEmptyLabel(byte[] json, int from) {
        return json[from] == '0' && slot.source().baseType().equals("enum");
    }

    void bind(PreparedStatement statement, int at, byte[] json, int from, int to) throws SQLException {
        if (isNull(json, from, to)) {
            statement.setNull(at, nullType());
            return;
        }
        String text = CellText.decode(json, from, to);
        if (slot.source().binary()) {
            bindBytes(statement, at, text);
            return;
        }
        switch (type) {
            case "number", "float" -> statement.setBigDecimal(at, number(text));
            case "binary_float" -> statement.setFloat(at, number(text).floatValue());
            case "binary_double" -> statement.setDouble(at, number(text).doubleValue());
            case "date", "timestamp" -> statement.setObject(at, time(text));
            case "timestamp with time zone", "timestamp with local time zone" ->
                statement.setObject(at, time(text).atOffset(ZoneOffset.UTC));
            case "interval day to second", "intervalds" -> statement.setString(at, interval(text));
            case "nvarchar2", "nchar" -> statement.setNString(at, text);
            case "raw", "blob", "long raw" ->
                throw new RefusedCell(slot, "text does not fit the type " + type + "; make it CLOB or VARCHAR2");
            default -> bindText(statement, at, text);
        }
    }

    private void bindText(PreparedStatement statement, int at, String text) throws SQLException {
        if (text.length() <= LONG) {
            statement.setString(at, text);
        } else if (type.equals("nclob")) {
            statement.setNCharacterStream(at, new StringReader(text), text.length());
        } else {
            statement.setCharacterStream(at, new StringReader(text), text.length());
        }
    }

    private void bindBytes(PreparedStatement statement, int at, String base64) throws SQLException {
        if (!type.equals("raw") && !type.equals("blob")) {
            throw new RefusedCell(slot, "bytes do not fit the type " + type + "; make it BLOB or RAW");
        }
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length <= LONG) {
            statement.setBytes(at, bytes);
        } else {
            statement.setBinaryStream(at, new ByteArrayInputStream(bytes), bytes.length);
        }
    }

    private int nullType() {
        return switch (type) {
            case "number", "float" -> Types.NUMERIC;
            case "date", "timestamp" -> Types.TIMESTAMP;
            case "timestamp with time zone", "timestamp with local time zone" -> Types.TIMESTAMP_WITH_TIMEZONE;
            case "raw" -> Types.VARBINARY;
            case "blob" -> Types.BLOB;
            case "clob" -> Types.CLOB;
            case "nclob" -> Types.NCLOB;
            default -> Types.VARCHAR;
        };
    }

    private BigDecimal number(String text) throws RefusedCell {
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new RefusedCell(slot, "the value is no number, but the type is " + type);
        }
        int scale = slot.there() == null ? -1 : slot.there().scale();
        if (scale >= 0 && number.stripTrailingZeros().scale() > scale) {
            throw new RefusedCell(
                    slot, "the value has more than " + scale + " digits behind the point; widen the column");
        }
        return number;
    }

    private LocalDateTime time(String text) throws RefusedCell {
        LocalDateTime time;
        try {
            time = text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw new RefusedCell(slot, "the date is none that Oracle knows; make the column VARCHAR2");
        }
        int scale = slot.there() == null ? -1 : slot.there().scale();
        int unit = scale < 0 || scale > 9 ? 1 : (int) Math.pow(10, 9 - scale);
        if (time.getNano() % unit != 0) {
            throw new RefusedCell(slot, "the time is finer than the column keeps; widen the column");
        }
        return time;
    }

    /** A time of up to 838 hours as days and the rest. */
    private String interval(String text) throws RefusedCell {
        String[] parts = text.replace("-", "").split(":", 3);
        if (parts.length < 3) {
            throw new RefusedCell(slot, "the value is no time, but the type is " + type);
        }
        int hours = Integer.parseInt(parts[0]);
        return (text.startsWith("-") ? "-" : "+") + hours / 24 + " " + hours % 24 + ":" + parts[1] + ":" + parts[2];
    }
}
