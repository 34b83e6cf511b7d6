package dev.sluice.change.expression;

import dev.sluice.change.condition.RowImage;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import java.math.BigDecimal;

/** An expression on the rows of one table. Reuses its buffers; not thread-safe. */
public final class BoundExpression {
    /** What is longer is no column that an index or a row of a common size could take. */
    private static final int LONGEST_VARCHAR = 1_000;

    private static final int BIGINT_DIGITS = 18;

    private final Value value;
    private final int[] columns;
    private final RowImage image = new RowImage();
    private final LineBuffer text = new LineBuffer(128);

    BoundExpression(Value value, int[] columns) {
        this.value = value;
        this.columns = columns;
    }

    /** The MySQL type of its cells. */
    public String type() {
        if (value instanceof NumberValue number) {
            return isLong(number) ? "bigint" : "decimal(" + number.precision() + "," + number.scale() + ")";
        }
        if (value instanceof TextValue made && made.isTime()) {
            return made.type();
        }
        int longest = value instanceof TextValue made ? Math.max(1, made.longest()) : 1;
        return longest <= LONGEST_VARCHAR ? "varchar(" + longest + ")" : "longtext";
    }

    /** Ordinal of a column that it is made of and of which a row has no cell; -1 if there is none. */
    public int lacking(RowLine row) {
        for (int i = 0; !row.complete() && i < columns.length; i++) {
            if (!row.present(columns[i])) {
                return columns[i];
            }
        }
        return -1;
    }

    /** Whether an update wrote a column that it is made of. */
    public boolean written(RowLine row) {
        for (int column : columns) {
            if (row.writes(column)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes its cell for the row that a line holds: after the change, for a delete before it.
     *
     * @throws InvalidExpression if it is too long
     */
    public void write(RowLine row, LineBuffer out) {
        image.current(row);
        if (value instanceof NumberValue number) {
            write(number, out);
            return;
        }
        text.clear();
        if (value instanceof TextValue made && made.writer().append(image, text)) {
            out.string(text.array(), 0, text.length());
        } else {
            out.ascii("null");
        }
    }

    private void write(NumberValue number, LineBuffer out) {
        BigDecimal result = number.reader().of(image);
        if (result == null) {
            out.ascii("null");
        } else if (isLong(number)) {
            out.number(result.longValueExact());
        } else {
            out.put('"').ascii(number.whole(result).toPlainString()).put('"');
        }
    }

    private static boolean isLong(NumberValue number) {
        return number.scale() == 0 && number.precision() <= BIGINT_DIGITS;
    }
}
