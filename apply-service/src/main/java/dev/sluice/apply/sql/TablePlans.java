package dev.sluice.apply.sql;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The plans for one target server, made once for each shape of a table. Thread-safe. */
public final class TablePlans {
    private record Shape(
            TableLine.Target target, List<Column> columns, List<Integer> key, List<List<Integer>> unique) {}

    private final Map<Shape, TablePlan> plans = new ConcurrentHashMap<>();

    /**
     * The plan for a table line; equal lines, whatever their table numbers, share one.
     *
     * @return null if the target has no such table
     */
    public @Nullable TablePlan of(Connection connection, TableLine line) throws SQLException {
        TableLine.Target target =
                line.target() == null ? new TableLine.Target(line.schema(), line.name()) : line.target();
        Shape shape = new Shape(target, line.columns(), line.key(), line.unique());
        TablePlan plan = plans.get(shape);
        if (plan == null) {
            TargetTable table = TargetSchema.read(connection, target);
            if (table == null) {
                return null;
            }
            plan = new TablePlan(line, target, table);
            TablePlan other = plans.putIfAbsent(shape, plan);
            return other == null ? plan : other;
        }
        return plan;
    }

    /** Forgets what the target's tables were like, after an error that a change of a table may have caused. */
    public void forget() {
        plans.clear();
    }
}
