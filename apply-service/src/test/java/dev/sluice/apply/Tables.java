package dev.sluice.apply;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import java.util.ArrayList;
import java.util.List;

/** Table lines for tests. */
public final class Tables {
    private Tables() {}

    /** A table line whose target has the same name; columns are given as {@code "name type"}. */
    public static TableLine table(
            int number,
            String schema,
            String name,
            List<String> columns,
            List<Integer> key,
            List<List<Integer>> unique) {
        List<Column> all = new ArrayList<>();
        for (String column : columns) {
            int space = column.indexOf(' ');
            all.add(new Column(column.substring(0, space), column.substring(space + 1)));
        }
        return new TableLine(number, "source", name, all, key, unique, new TableLine.Target(schema, name), null);
    }
}
