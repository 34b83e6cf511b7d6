package dev.sluice.dispatch.mapping;

import dev.sluice.change.condition.BoundCondition;
import dev.sluice.change.condition.InvalidCondition;
import dev.sluice.change.condition.RowCondition;
import dev.sluice.change.condition.RowImage;
import dev.sluice.change.config.ChangeKind;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.RowFilter;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a mapping's row filter what becomes of each row of one table. The target holds the rows for which the
 * condition is true, so an update that moves a row in or out is an insert or a delete there. Not thread-safe.
 */
public final class RowGate {
    /** What becomes of a row. */
    public enum Passage {
        PASS,
        /** Nothing of it goes on. */
        DROP,
        /** An update that goes on as the insert of the row after it. */
        ENTER,
        /** An update that goes on as the delete of the row before it. */
        LEAVE
    }

    private final TableLine table;
    private final RowFilter filter;
    private final @Nullable BoundCondition condition;
    private final RowImage image = new RowImage();

    private RowGate(TableLine table, RowFilter filter, @Nullable BoundCondition condition) {
        this.table = table;
        this.filter = filter;
        this.condition = condition;
    }

    /**
     * The gate of a table; null if all its rows pass.
     *
     * @throws MappingRefused if the condition does not fit the table
     */
    public static @Nullable RowGate of(TableLine table, Mapping mapping) {
        RowFilter filter = mapping.rows();
        if (filter == null) {
            return null;
        }
        String where = filter.where();
        if (where == null) {
            return new RowGate(table, filter, null);
        }
        try {
            return new RowGate(table, filter, RowCondition.parse(where).bind(table.columns()));
        } catch (InvalidCondition e) {
            throw new MappingRefused("rows.where of the mapping " + mapping.schema() + "." + mapping.table()
                    + " does not fit table " + table.schema() + "." + table.name() + ": " + e.getMessage());
        }
    }

    /**
     * What becomes of a row. A kind that is left out is one at the target: of a row that moves in, INSERT.
     *
     * @throws MappingRefused if the row lacks a column of the condition, before or after the change
     */
    public Passage of(RowLine row) {
        boolean taken = row.op() == RowOp.SNAPSHOT || filter.takes(kind(row.op()));
        if (condition == null || row.op() == RowOp.EMPTY) {
            return passIf(taken);
        }
        requireColumns(row.cells(), condition);
        boolean now = condition.holds(image.current(row));
        if (row.op() != RowOp.UPDATE) {
            return passIf(now && taken);
        }
        boolean then = condition.holds(image.before(row));
        if (now && then) {
            return passIf(taken);
        }
        if (now) {
            return filter.takes(ChangeKind.INSERT) ? Passage.ENTER : Passage.DROP;
        }
        return then && filter.takes(ChangeKind.DELETE) ? Passage.LEAVE : Passage.DROP;
    }

    private void requireColumns(RowLine row, BoundCondition asked) {
        int lacking = asked.lacking(row);
        if (lacking >= 0) {
            throw new MappingRefused("the source's binary log does not hold column "
                    + table.columns().get(lacking).name() + " of a changed row of " + table.schema() + "."
                    + table.name() + ", which rows.where of the mapping asks for; run SET GLOBAL"
                    + " binlog_row_image=FULL on the source, let clients reconnect, and snapshot the table anew, or"
                    + " change the condition");
        }
    }

    private static Passage passIf(boolean passes) {
        return passes ? Passage.PASS : Passage.DROP;
    }

    private static ChangeKind kind(RowOp op) {
        return switch (op) {
            case INSERT, SNAPSHOT -> ChangeKind.INSERT;
            case UPDATE -> ChangeKind.UPDATE;
            case DELETE, EMPTY -> ChangeKind.DELETE;
        };
    }
}
