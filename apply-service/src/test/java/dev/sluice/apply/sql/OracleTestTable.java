package dev.sluice.apply.sql;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.message.TableLine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The statements for a table as if an Oracle server had described it. */
public final class OracleTestTable {
    private OracleTestTable() {}

    /**
     * For the target of a table line.
     *
     * @param types of the columns as Oracle calls them, in the line's order, such as {@code timestamp} or {@code number:2}
     *     with the digits behind the point
     */
    public static TableStatements of(TableLine line, List<String> types, boolean furtherUnique) {
        Map<String, TargetTable.Column> columns = new HashMap<>();
        for (int i = 0; i < types.size(); i++) {
            String name = line.columns().get(i).targetName().toUpperCase(Locale.ROOT);
            String[] type = types.get(i).split(":");
            int scale = type.length > 1 ? Integer.parseInt(type[1]) : -1;
            columns.put(name.toLowerCase(Locale.ROOT), new TargetTable.Column(name, type[0], scale, false));
        }
        List<String> key = line.key().stream()
                .map(ordinal -> line.columns().get(ordinal).targetName().toLowerCase(Locale.ROOT))
                .toList();
        TargetTable table = new TargetTable(
                line.target().schema(), line.target().name(), columns, key, Map.of(), furtherUnique, true);
        return Dialect.of(DataSource.Kind.ORACLE).statements(new TablePlan(line, line.target(), table));
    }
}
