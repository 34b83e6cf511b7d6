package dev.sluice.dispatch;

import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random history of the test tables, always the same for a seed, and what a target must see of it. */
final class RandomChanges {
    private final Random random;
    private final Map<TableLine, Map<Long, Long>> versions = new HashMap<>();
    private final List<Change> all = new ArrayList<>();
    private long transactions;
    private long nextId = 1;

    RandomChanges(long seed) {
        random = new Random(seed);
        Tables.ALL.forEach(table -> versions.put(table, new HashMap<>()));
    }

    /** Everything so far. */
    List<Change> all() {
        return all;
    }

    /** Adds {@code count} entries or a few more. */
    List<Change> next(int count) {
        int from = all.size();
        while (all.size() < from + count) {
            transaction(1 + random.nextInt(6));
        }
        return List.copyOf(all.subList(from, all.size()));
    }

    private void transaction(int size) {
        transactions++;
        long before = all.size();
        for (int i = 0; i < size; i++) {
            TableLine table = Tables.ALL.get(random.nextInt(Tables.ALL.size()));
            all.add(change(table, before, i == size - 1));
        }
    }

    private Change change(TableLine table, long before, boolean last) {
        long seq = all.size() + 1;
        Map<Long, Long> rows = versions.get(table);
        int dice = random.nextInt(10);
        String note = "n".repeat(random.nextInt(60)) + " \"é\\ " + seq;
        if (rows.isEmpty() || dice < 3) {
            long id = nextId++;
            rows.put(id, seq);
            return new Change(seq, transactions, before, last, null, table, RowOp.INSERT, id, id, seq, 0, note);
        }
        List<Long> ids = new ArrayList<>(rows.keySet());
        ids.sort(null);
        long id = ids.get(random.nextInt(ids.size()));
        long version = rows.get(id);
        if (dice < 5) {
            rows.remove(id);
            return new Change(seq, transactions, before, last, null, table, RowOp.DELETE, id, id, version, 0, note);
        }
        long newId = dice == 9 && !table.key().isEmpty() ? nextId++ : id;
        rows.remove(id);
        rows.put(newId, seq);
        return new Change(seq, transactions, before, last, null, table, RowOp.UPDATE, newId, id, seq, version, note);
    }
}
