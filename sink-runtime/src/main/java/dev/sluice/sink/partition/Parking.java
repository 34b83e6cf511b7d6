package dev.sluice.sink.partition;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.ParkedRow;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tables of a partition have parked rows, and what of a batch is set aside because of it: the row that the target
 * refuses and every later row of its table, in order. Of the worker's thread only.
 *
 * <p>Like the watermark it is only a guess, read after it: whatever is parked moves the watermark, so a guess that misses
 * a parked row is found out by the watermark's comparison.
 */
final class Parking {
    private final ApplyRules rules;
    private final PartitionProgress progress;
    private final Map<TableLine.Target, Long> parked = new HashMap<>();

    Parking(ApplyRules rules, PartitionProgress progress) {
        this.rules = rules;
        this.progress = progress;
    }

    /** Takes over what the target says. */
    void load(Map<TableLine.Target, Long> atTarget) {
        parked.clear();
        parked.putAll(atTarget);
        progress.parked(parked);
    }

    Set<TableLine.Target> tables() {
        return Set.copyOf(parked.keySet());
    }

    /** Sets the rows of tables that have parked ones aside. */
    RowBatch split(RowBatch batch) {
        if (parked.isEmpty()) {
            return batch;
        }
        List<Row> rows = new ArrayList<>();
        List<ParkedRow> aside = new ArrayList<>();
        for (Row row : batch.rows()) {
            if (parked.containsKey(row.target())) {
                aside.add(waiting(row, null));
            } else {
                rows.add(row);
            }
        }
        return aside.isEmpty() ? batch : with(batch, rows, aside);
    }

    /**
     * What to write instead of a batch with a refused row.
     *
     * @return the batch without the row and what waits behind it; null if nothing may be set aside
     */
    @Nullable
    RowBatch without(RowBatch batch, Failure.BadRow bad) {
        Row row = bad.row();
        if (rules.onBadRow() != ApplyRules.BadRow.PARK || row == null) {
            return null;
        }
        List<Row> rows = new ArrayList<>();
        List<ParkedRow> aside = new ArrayList<>();
        for (Row other : batch.rows()) {
            if (other.at().equals(row.at())) {
                aside.add(new ParkedRow(other, bad.reason(), bad.sqlState()));
            } else if (other.target().equals(row.target()) && other.at().compareTo(row.at()) > 0) {
                aside.add(waiting(other, row.at()));
            } else {
                rows.add(other);
            }
        }
        return aside.isEmpty() ? null : with(batch, rows, aside);
    }

    /** A batch is at the target. */
    void written(RowBatch batch) {
        if (!batch.aside().parked().isEmpty()) {
            for (ParkedRow row : batch.aside().parked()) {
                parked.merge(row.row().target(), 1L, Long::sum);
            }
            progress.parked(parked);
        }
    }

    private static RowBatch with(RowBatch batch, List<Row> rows, List<ParkedRow> aside) {
        List<ParkedRow> all = new ArrayList<>(batch.aside().parked());
        all.addAll(aside);
        return batch.with(rows, all);
    }

    private static ParkedRow waiting(Row row, @Nullable Watermark behind) {
        String reason = behind == null
                ? "waits behind earlier parked rows of its table"
                : "waits behind entry " + behind.seq() + " of its table";
        return new ParkedRow(row, reason, null);
    }
}
