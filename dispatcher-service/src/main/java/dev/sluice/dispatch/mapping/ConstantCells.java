package dev.sluice.dispatch.mapping;

import dev.sluice.change.config.ConstantColumn;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import dev.sluice.change.message.TableLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each row of one table the cells of the columns that its mapping sets, behind its own. What a row tells of its change
 * stays as it is: a constant never changes. Not thread-safe.
 */
public final class ConstantCells {
    private final byte[] cells;
    private final byte[] ordinals;
    private final RowLine row = new RowLine();
    private final LineBuffer line = new LineBuffer(1024);

    private ConstantCells(byte[] cells, byte[] ordinals) {
        this.cells = cells;
        this.ordinals = ordinals;
    }

    /** The cells for rows of a table of the source; null if its mapping sets no column. */
    public static @Nullable ConstantCells of(TableLine source, List<ConstantColumn> set) {
        if (set.isEmpty()) {
            return null;
        }
        LineBuffer cells = new LineBuffer(64);
        LineBuffer ordinals = new LineBuffer(16);
        int ordinal = source.columns().size();
        for (ConstantColumn constant : set) {
            cells.put(',').string(constant.valueOf(source.schema(), source.name()));
            ordinals.put(',').number(ordinal++);
        }
        return new ConstantCells(cells.toByteArray(), ordinals.toByteArray());
    }

    /** The row line at {@code [from, to)} with the cells; valid until the next call. */
    public LineBuffer with(byte[] body, int from, int to) {
        row.head(body, from, to).cells();
        line.clear();
        int at = from;
        if (!row.complete()) {
            int behind = row.presentEnd() - 1;
            line.put(body, at, behind);
            put(ordinals, row.size() == 0);
            at = behind;
        }
        int close = to - 2; // before ]}
        line.put(body, at, close);
        put(cells, row.size() == 0);
        return line.put(body, close, to);
    }

    private void put(byte[] list, boolean first) {
        line.put(list, first ? 1 : 0, list.length);
    }
}
