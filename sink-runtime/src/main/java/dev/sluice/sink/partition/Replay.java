package dev.sluice.sink.partition;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.message.MalformedMessage;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.batch.SingleRow;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Brings parked rows to the target in their order, or gives them up. Of the worker's thread only.
 *
 * <p>Each step compares the watermark and takes the rows out of the store in the transaction that applies them, so of two
 * instances that think that they own the partition only one does it.
 */
final class Replay {
    private static final int ROWS = 500;
    /** The partition's other tables wait meanwhile. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** How it ended. */
    enum Result {
        /** Nothing was left to do, or all of it was done. */
        DONE,
        /** The first row that is left is refused. */
        REFUSED,
        /** It is to be gone on with. */
        MORE,
        /** Watermark or rows are not what was thought; nothing more was done. */
        OVERTAKEN
    }

    private final Partition partition;
    private final String sourceSite;
    private final ApplyRules.MissingRow missingRow;

    Replay(TargetPartition assignment) {
        partition = assignment.partition();
        sourceSite = assignment.sourceSite();
        missingRow = assignment.rules().missingRow();
    }

    /** Applies a table's rows as far as they go, for a short time. */
    Result all(BatchWriter writer, ErrorStore store, Watermark watermark, TableLine.Target table) throws WriteFailed {
        long end = System.nanoTime() + AT_ONCE.toNanos();
        Result result;
        do {
            result = some(writer, store, watermark, table, ROWS);
        } while (result == Result.MORE && System.nanoTime() < end);
        return result;
    }

    /** Applies a table's first row. */
    Result first(BatchWriter writer, ErrorStore store, Watermark watermark, TableLine.Target table) throws WriteFailed {
        Result result = some(writer, store, watermark, table, 1);
        return result == Result.MORE ? Result.DONE : result;
    }

    /** Gives rows up. */
    Result skip(BatchWriter writer, Watermark watermark, List<Watermark> rows) throws WriteFailed {
        if (rows.isEmpty()) {
            return Result.DONE;
        }
        RowBatch.Aside aside = new RowBatch.Aside(List.of(), List.of(), rows);
        RowBatch batch = new RowBatch(partition, watermark, watermark, sourceSite, List.of(), aside, missingRow);
        return writer.write(batch) instanceof WriteOutcome.Overtaken ? Result.OVERTAKEN : Result.DONE;
    }

    /** Gives all rows of a table up to one of them up. */
    Result skipTo(BatchWriter writer, ErrorStore store, Watermark watermark, TableLine.Target table, Watermark last)
            throws WriteFailed {
        while (true) {
            List<Watermark> rows = store.upTo(partition, table, last, ROWS);
            Result result = skip(writer, watermark, rows);
            if (rows.isEmpty() || result != Result.DONE) {
                return result;
            }
        }
    }

    private Result some(BatchWriter writer, ErrorStore store, Watermark watermark, TableLine.Target table, int limit)
            throws WriteFailed {
        List<ErrorStore.Stored> stored = store.first(partition, table, limit);
        List<Row> rows = sameOrigin(stored);
        ErrorStore.Stored refused = null;
        Failure.BadRow why = null;
        while (!rows.isEmpty()) {
            try {
                if (writer.write(batch(rows, watermark)) instanceof WriteOutcome.Overtaken) {
                    return Result.OVERTAKEN;
                }
                break;
            } catch (WriteFailed e) {
                if (!(e.failure() instanceof Failure.BadRow bad)) {
                    throw e;
                }
                int index = bad.row() == null ? 0 : indexOf(rows, bad.row());
                why = bad;
                refused = stored.get(index);
                rows = rows.subList(0, index);
            } catch (MalformedMessage e) {
                // only a row that was edited can be; which one it is shows alone
                if (rows.size() > 1) {
                    rows = rows.subList(0, 1);
                    continue;
                }
                why = new Failure.BadRow(rows.get(0), String.valueOf(e.getMessage()), null);
                refused = stored.get(0);
                rows = List.of();
            }
        }
        if (refused != null && why != null) {
            store.failed(partition, refused.at(), why.reason(), why.sqlState());
            return Result.REFUSED;
        }
        return stored.isEmpty() ? Result.DONE : Result.MORE;
    }

    private List<Row> sameOrigin(List<ErrorStore.Stored> stored) {
        List<Row> rows = new ArrayList<>();
        for (ErrorStore.Stored one : stored) {
            Row row = SingleRow.read(partition, one.at(), one.body());
            if (!rows.isEmpty() && !origin(row).equals(origin(rows.get(0)))) {
                break;
            }
            rows.add(row);
        }
        return rows;
    }

    private RowBatch batch(List<Row> rows, Watermark watermark) {
        List<Watermark> applied = rows.stream().map(Row::at).toList();
        RowBatch.Aside aside = new RowBatch.Aside(List.of(), applied, List.of());
        return new RowBatch(partition, watermark, watermark, origin(rows.get(0)), rows, aside, missingRow);
    }

    private String origin(Row row) {
        return Objects.requireNonNullElse(row.transaction().origin(), sourceSite);
    }

    private static int indexOf(List<Row> rows, Row wanted) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).at().equals(wanted.at())) {
                return i;
            }
        }
        return 0;
    }
}
