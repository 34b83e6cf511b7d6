package dev.sluice.capture.snapshot;

import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.SnapshotLine.Again;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The {@link MovedRows} of all tables that are being copied; part of the snapshots' states. Guarded by the gate's lock. */
final class MovedTables {
    /** A table of a snapshot. */
    record Copy(String snapshot, Instant created, int part, String schema, String table) {}

    private final Map<Copy, MovedRows> copies = new LinkedHashMap<>();
    private boolean fresh;

    /** As the log tells. */
    MovedTables(List<SnapshotLine> known) {
        for (SnapshotLine line : known) {
            for (Again again : line.again()) {
                copies.put(
                        new Copy(line.name(), line.created(), again.part(), again.schema(), again.table()),
                        MovedRows.of(again));
            }
        }
    }

    void row(TableShape table, DecodedRow row) {
        if (row.partial()) {
            for (MovedRows rows : copies.values()) {
                fresh |= rows.row(table, row);
            }
        }
    }

    /** Those of a table, from now on. */
    MovedRows of(Copy copy, List<String> key) {
        MovedRows known = copies.get(copy);
        if (known == null || !known.key().equals(key)) {
            known = known == null
                    ? new MovedRows(copy.schema(), copy.table(), key)
                    : MovedRows.rekeyed(copy.schema(), copy.table(), key);
            copies.put(copy, known);
        }
        return known;
    }

    void forget(Predicate<Copy> which) {
        copies.keySet().removeIf(which);
    }

    /** Whether the log must be told of some. */
    boolean fresh() {
        return fresh;
    }

    /** The states with all of them. */
    List<SnapshotLine> in(List<SnapshotLine> states) {
        fresh = false;
        return states.stream().map(this::in).toList();
    }

    private SnapshotLine in(SnapshotLine state) {
        if (state.phase() != SnapshotLine.Phase.RUNNING) {
            return state.withAgain(List.of());
        }
        List<Again> own = new ArrayList<>();
        copies.forEach((copy, rows) -> {
            if (copy.snapshot().equals(state.name()) && copy.created().equals(state.created())) {
                own.add(rows.line(copy.part()));
            }
        });
        return state.withAgain(own);
    }
}
