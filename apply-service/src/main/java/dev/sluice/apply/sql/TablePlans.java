package dev.sluice.apply.sql;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The statements for one target server, one for each shape of a table. They are made anew every minute, for a unique key that
 * somebody adds to the target changes what is safe. Thread-safe.
 */
public final class TablePlans {
    private record Shape(
            TableLine.Target target, List<Column> columns, List<Integer> key, List<List<Integer>> unique) {}

    private record Known(TableStatements statements, long readAt) {}

    private static final long VALID = Duration.ofMinutes(1).toNanos();

    private final Dialect dialect;
    private final Map<Shape, Known> plans = new ConcurrentHashMap<>();

    public TablePlans(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The statements for a table line; equal lines, whatever their table numbers, share one.
     *
     * @return null if the target has no such table
     */
    public @Nullable TableStatements of(Connection connection, TableLine line) throws SQLException {
        TableLine.Target target =
                line.target() == null ? new TableLine.Target(line.schema(), line.name()) : line.target();
        Shape shape = new Shape(target, line.columns(), line.key(), line.unique());
        Known known = plans.get(shape);
        long now = System.nanoTime();
        if (known != null && now - known.readAt < VALID) {
            return known.statements;
        }
        TargetTable table = dialect.table(connection, target);
        if (table == null) {
            return null;
        }
        TableStatements statements = dialect.statements(new TablePlan(line, target, table));
        plans.put(shape, new Known(statements, now));
        return statements;
    }

    /** Forgets what the target's tables were like, after an error that a change of a table may have caused. */
    public void forget() {
        plans.clear();
    }
}
