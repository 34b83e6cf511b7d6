package dev.sluice.apply.sql;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a table line find their places in the target table. Immutable.
 *
 * <p>An upsert is safe only where no unique key but the primary key can make it hit, and so rewrite, another row.
 */
public final class TablePlan {
    /** How rows find their place. */
    public enum Mode {
        /** By the primary key, and no other key can interfere. */
        UPSERT,
        /** There are further unique keys, or the target's primary key is another one: delete first, then insert. */
        DELETE_INSERT,
        /** By nothing but their contents, one after the other. */
        IN_ORDER
    }

    /**
     * A column that is written.
     *
     * @param ordinal of its cells in a row
     * @param source as the table line tells it
     * @param name at the target
     * @param there what the target has; null if it has no such column
     */
    record Slot(int ordinal, Column source, String name, TargetTable.@Nullable Column there) {
        /** The target's type; empty if it has no such column. */
        String type() {
            return there == null ? "" : there.type();
        }

        /** Whether the target writes it when an update writes other columns. */
        boolean stamped() {
            return there != null && there.stamped();
        }
    }

    private final TableLine.Target target;
    private final TargetTable table;
    private final Mode mode;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> keySlots = new ArrayList<>();
    private final int[] key;
    private final boolean byPrimaryKey;

    TablePlan(TableLine line, TableLine.Target target, TargetTable table) {
        this.target = target;
        this.table = table;
        boolean wholeKey = !line.key().isEmpty();
        for (int ordinal : line.key()) {
            wholeKey &= !line.columns().get(ordinal).skip();
        }
        for (int i = 0; i < line.columns().size(); i++) {
            Column column = line.columns().get(i);
            TargetTable.Column there = table.column(column.targetName());
            if (!column.skip() && (there == null || !there.generated())) {
                slots.add(slot(line, i));
            }
        }
        key = wholeKey ? line.key().stream().mapToInt(Integer::intValue).toArray() : new int[0];
        Set<String> keyNames = new HashSet<>();
        for (int ordinal : key) {
            keySlots.add(slot(line, ordinal));
            keyNames.add(line.columns().get(ordinal).targetName().toLowerCase(Locale.ROOT));
        }
        byPrimaryKey = key.length > 0 && keyNames.equals(new HashSet<>(table.primaryKey()));
        if (key.length == 0) {
            mode = Mode.IN_ORDER;
        } else if (line.unique().isEmpty() && !table.furtherUnique() && byPrimaryKey) {
            mode = Mode.UPSERT;
        } else {
            mode = Mode.DELETE_INSERT;
        }
    }

    private Slot slot(TableLine line, int ordinal) {
        Column column = line.columns().get(ordinal);
        TargetTable.Column there = table.column(column.targetName());
        return new Slot(ordinal, column, there == null ? column.targetName() : there.name(), there);
    }

    public TableLine.Target target() {
        return target;
    }

    public Mode mode() {
        return mode;
    }

    /** Whether the columns by which rows are found are the target's primary key. */
    boolean byPrimaryKey() {
        return byPrimaryKey;
    }

    /** Ordinals of the primary key's columns; empty in {@link Mode#IN_ORDER}. */
    public int[] key() {
        return key;
    }

    TargetTable table() {
        return table;
    }

    List<Slot> slots() {
        return slots;
    }

    List<Slot> keySlots() {
        return keySlots;
    }
}
