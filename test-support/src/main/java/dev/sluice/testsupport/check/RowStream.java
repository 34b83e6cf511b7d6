package dev.sluice.testsupport.check;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one table, one at a time as the server sends them. */
final class RowStream implements AutoCloseable {
    private static final int LONGEST_SHOWN = 60;

    private final TableShape shape;
    private final Statement statement;
    private final ResultSet rows;
    private final byte[] @Nullable [] values;

    private RowStream(TableShape shape, Statement statement, ResultSet rows) {
        this.shape = shape;
        this.statement = statement;
        this.rows = rows;
        this.values = new byte[shape.columns().size()][];
    }

    static RowStream open(Connection connection, String table, TableShape shape) throws SQLException {
        Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        // Connector/J: rows are handed out as they arrive instead of being collected
        statement.setFetchSize(Integer.MIN_VALUE);
        return new RowStream(shape, statement, statement.executeQuery(shape.select(table)));
    }

    boolean next() throws SQLException {
        if (!rows.next()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.getBytes(i + 1);
        }
        return true;
    }

    int compareKey(RowStream other) {
        for (int index : shape.key()) {
            int order = Arrays.compareUnsigned(values[index], other.values[index]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    boolean sameValue(RowStream other, int column) {
        return Arrays.equals(values[column], other.values[column]);
    }

    String describeKey() {
        List<String> parts = new ArrayList<>();
        for (int index : shape.key()) {
            parts.add(shape.columns().get(index) + "=" + describe(index));
        }
        return String.join(", ", parts);
    }

    /** Text where it is readable, else hexadecimal digits; shortened. */
    String describe(int column) {
        byte[] value = values[column];
        if (value == null) {
            return "NULL";
        }
        String text = new String(value, StandardCharsets.UTF_8);
        boolean readable = text.chars().noneMatch(c -> c == 0xFFFD || c < ' ');
        String shown =
                readable ? "'" + text + "'" : "0x" + HexFormat.of().formatHex(value, 0, Math.min(value.length, 32));
        return shown.length() <= LONGEST_SHOWN
                ? shown
                : shown.substring(0, LONGEST_SHOWN) + "... (" + value.length + " bytes)";
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
