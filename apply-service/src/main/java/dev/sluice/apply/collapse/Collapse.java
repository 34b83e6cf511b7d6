package dev.sluice.apply.collapse;

import dev.sluice.change.message.RowOp;
import dev.sluice.sink.batch.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of one table with a primary key, one for each key. Keys are told apart by their exact bytes, which is
 * finer than a collation: of keys that a collation holds equal at most one is alive at the end of a batch, as the
 * source had them, and every other one is deleted by it; so all deletes must be carried out before any upsert.
 */
public final class Collapse {
    private Collapse() {}

    /**
     * Collapses.
     *
     * @param rows in order
     * @param key ordinals of the primary key
     */
    public static List<NetChange> of(List<Row> rows, int[] key) {
        Map<RowKey, NetChange> changes = new LinkedHashMap<>(rows.size() * 2);
        for (Row row : rows) {
            RowKey after = RowKey.after(row, key);
            if (row.op() == RowOp.UPDATE && !after.equals(RowKey.before(row, key))) {
                changes.compute(RowKey.before(row, key), (k, earlier) -> RowAlgebra.add(earlier, row, true));
                NetChange overwritten = changes.get(after);
                changes.put(after, new NetChange(row, false, overwritten != null && overwritten.expected(), false));
            } else {
                NetChange earlier = changes.get(after);
                changes.put(after, RowAlgebra.add(earlier, row, row.op() == RowOp.DELETE));
            }
        }
        return new ArrayList<>(changes.values());
    }
}
