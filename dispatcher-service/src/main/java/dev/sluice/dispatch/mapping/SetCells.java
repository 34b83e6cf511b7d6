package dev.sluice.dispatch.mapping;

import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.expression.BoundExpression;
import dev.sluice.change.expression.ColumnExpression;
import dev.sluice.change.expression.InvalidExpression;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives each row of one table the cells of the columns that its mapping sets, behind its own. A constant never changes, so
 * what a row tells of its change stays as it is. What an expression makes of a row is written by inserts and updates and
 * never looked for: an update does not tell what it was before, a delete leaves it out. Not thread-safe.
 */
public final class SetCells {
    private static final byte[] NONE = {};

    private final TableLine source;
    private final Mapping mapping;
    /** Of each column that is set, the cell of a constant or an expression. */
    private final byte[] @Nullable [] constants;

    private final @Nullable BoundExpression[] expressions;
    private final boolean[] present;
    /** All cells of a mapping that sets constants alone; empty if it computes some. */
    private final byte[] all;

    private final RowLine row = new RowLine();
    private final LineBuffer line = new LineBuffer(1024);

    private SetCells(TableLine source, Mapping mapping) {
        this.source = source;
        this.mapping = mapping;
        int columns = mapping.set().size();
        constants = new byte[columns][];
        expressions = new BoundExpression[columns];
        present = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            SetColumn column = mapping.set().get(i);
            if (column.expression() == null) {
                constants[i] = new LineBuffer(64)
                        .string(column.valueOf(source.schema(), source.name()))
                        .toByteArray();
            } else {
                expressions[i] = bind(source, mapping, column);
            }
        }
        all = Arrays.stream(constants).allMatch(Objects::nonNull) ? joined(constants) : NONE;
    }

    private static byte[] joined(byte[] @Nullable [] cells) {
        LineBuffer joined = new LineBuffer(64);
        for (byte[] cell : cells) {
            joined.put(',').put(Objects.requireNonNull(cell));
        }
        return joined.toByteArray();
    }

    /**
     * The cells for rows of a table of the source; null if its mapping sets no column.
     *
     * @throws MappingRefused if an expression does not fit the table
     */
    public static @Nullable SetCells of(TableLine source, Mapping mapping) {
        return mapping.set().isEmpty() ? null : new SetCells(source, mapping);
    }

    static BoundExpression bind(TableLine source, Mapping mapping, SetColumn column) {
        try {
            return ColumnExpression.parse(Objects.requireNonNull(column.expression()))
                    .bind(source.columns());
        } catch (InvalidExpression e) {
            throw refusal(source, mapping, column, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The row line at {@code [from, to)} with the cells; valid until the next call.
     *
     * @throws MappingRefused if the row lacks a column of an expression that it must have
     */
    public LineBuffer with(byte[] body, int from, int to) {
        row.head(body, from, to).cells();
        boolean whole = true;
        for (int i = 0; i < present.length; i++) {
            present[i] = constants[i] != null || tells(i);
            whole &= present[i];
        }
        line.clear();
        int at = from;
        if (all.length == 0 && row.op() == RowOp.UPDATE) {
            at = putWritten(at);
        }
        if (!row.complete()) {
            line.put(body, at, row.presentEnd() - 1);
            putOrdinals(row.size() == 0, false);
            at = row.presentEnd() - 1;
        } else if (!whole) {
            at = putPresent(at);
        }
        int close = to - 2; // before ]}
        line.put(body, at, close);
        putCells(row.size() == 0);
        return line.put(body, close, to);
    }

    /** Whether a row tells what an expression makes of it: not of what is gone, nor where an update wrote nothing of it. */
    private boolean tells(int i) {
        BoundExpression expression = Objects.requireNonNull(expressions[i]);
        if (row.op() == RowOp.DELETE || row.op() == RowOp.EMPTY) {
            return false;
        }
        int lacking = expression.lacking(row);
        if (lacking < 0) {
            return true;
        }
        if (row.op() == RowOp.UPDATE && !expression.written(row)) {
            return false;
        }
        throw refusal(
                source,
                mapping,
                mapping.set().get(i),
                "the source's binary log does not hold column "
                        + source.columns().get(lacking).name() + " of a changed row; run SET GLOBAL"
                        + " binlog_row_image=FULL on the source, let clients reconnect, and snapshot the table anew");
    }

    /** Adds the computed columns to those that an update wrote; where the line goes on. */
    private int putWritten(int at) {
        int end = row.writtenEnd();
        if (end > 0) {
            line.put(row.body(), at, end - 1);
            putOrdinals(row.written() == 0, true);
            return end - 1;
        }
        line.put(row.body(), at, row.changesEnd());
        int before = line.length();
        line.ascii(",\"set\":[");
        int opened = line.length();
        putOrdinals(true, true);
        if (line.length() == opened) {
            line.truncate(before);
        } else {
            line.put(']');
        }
        return row.changesEnd();
    }

    /** Names the columns of a row that has all of its own, but not all that are set; where the line goes on. */
    private int putPresent(int at) {
        line.put(row.body(), at, row.changesEnd()).ascii(",\"has\":[");
        for (int i = 0; i < row.size(); i++) {
            (i == 0 ? line : line.put(',')).number(i);
        }
        putOrdinals(row.size() == 0, false);
        line.put(']');
        return row.changesEnd();
    }

    private void putOrdinals(boolean first, boolean computed) {
        boolean begin = first;
        for (int i = 0; i < present.length; i++) {
            if (present[i] && (!computed || constants[i] == null)) {
                (begin ? line : line.put(',')).number(source.columns().size() + i);
                begin = false;
            }
        }
    }

    private void putCells(boolean first) {
        if (all.length > 0) {
            line.put(all, first ? 1 : 0, all.length);
            return;
        }
        boolean begin = first;
        for (int i = 0; i < present.length; i++) {
            if (!present[i]) {
                continue;
            }
            if (!begin) {
                line.put(',');
            }
            begin = false;
            byte[] constant = constants[i];
            if (constant != null) {
                line.put(constant);
            } else {
                compute(i);
            }
        }
    }

    private void compute(int i) {
        try {
            Objects.requireNonNull(expressions[i]).write(row, line);
        } catch (InvalidExpression e) {
            throw refusal(source, mapping, mapping.set().get(i), String.valueOf(e.getMessage()));
        }
    }

    private static MappingRefused refusal(TableLine source, Mapping mapping, SetColumn column, String reason) {
        return new MappingRefused("the mapping " + mapping.schema() + "." + mapping.table() + " cannot set column "
                + column.column() + " in rows of " + source.schema() + "." + source.name() + " by its expression: "
                + reason + ", or change the expression");
    }
}
