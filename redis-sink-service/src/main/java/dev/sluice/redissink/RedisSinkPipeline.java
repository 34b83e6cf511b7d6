package dev.sluice.redissink;

import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.redissink.failure.RedisFailure;
import dev.sluice.redissink.projection.CacheChange;
import dev.sluice.redissink.projection.InvalidCacheRule;
import dev.sluice.redissink.projection.TableProjection;
import dev.sluice.redissink.write.RedisWriter;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The way of a batch to one Redis server: intake (sink-runtime) → projection → write, and failure beside them.
 *
 * <p>A row's changes and the watermark take effect together or not at all; a batch may take effect in several steps, each
 * with its own watermark.
 */
final class RedisSinkPipeline implements BatchWriter {
    /** Redis refuses a value of 512 MB (proto-max-bulk-len) by closing the connection. */
    private static final int LARGEST_ENTRY = 500_000_000;

    private static final int KNOWN_TABLES = 4_096;

    private final RedisWriter writer;
    private final RedisSinkMetrics metrics;
    /** Of each partition, which is one thread's; table lines come as the same instance while they stay the same. */
    private final Map<Partition, Map<TableLine, TableProjection>> projections = new ConcurrentHashMap<>();

    RedisSinkPipeline(RedisWriter writer, RedisSinkMetrics metrics) {
        this.writer = writer;
        this.metrics = metrics;
    }

    @Override
    public Watermark watermark(Partition partition) throws WriteFailed {
        try {
            return writer.watermark(partition);
        } catch (RedisFailure e) {
            throw failed(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public WriteOutcome write(RowBatch rows) throws WriteFailed {
        RedisWriter.Batch batch = writer.batch(rows.partition(), rows.before(), rows.after());
        for (Row row : rows.rows()) {
            project(row, rows.partition(), batch);
            batch.reached(row.seq());
        }
        long start = System.nanoTime();
        try {
            if (!batch.write()) {
                return new WriteOutcome.Overtaken();
            }
        } catch (RedisFailure e) {
            throw failed(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        metrics.written(batch, System.nanoTime() - start);
        return new WriteOutcome.Written(0);
    }

    @Override
    public void close() {
        writer.close();
    }

    private void project(Row row, Partition partition, RedisWriter.Batch batch) throws WriteFailed {
        if (row.op() == RowOp.EMPTY) {
            return; // which entries there are is not known; the rows that follow overwrite theirs
        }
        TableProjection projection;
        try {
            projection = projection(row.table(), partition);
        } catch (InvalidCacheRule e) {
            throw new WriteFailed(new Failure.BadRow(row, String.valueOf(e.getMessage()), null), e);
        }
        int lacking = projection.lacking(row);
        if (lacking >= 0) {
            throw new WriteFailed(new Failure.BadRow(
                    row,
                    "the source's binary log does not hold column "
                            + row.table().columns().get(lacking).name() + " of this row of "
                            + row.table().schema() + "." + row.table().name()
                            + "; run SET GLOBAL binlog_row_image=FULL on the source, let clients reconnect, and snapshot"
                            + " the table anew, or leave the column out of the mapping",
                    null));
        }
        CacheChange current = projection.current(row);
        if (current == null) {
            metrics.uncached();
        } else if (current.size() > LARGEST_ENTRY) {
            throw new WriteFailed(new Failure.BadRow(
                    row,
                    "a row of " + row.table().schema() + "." + row.table().name() + " takes " + current.size()
                            + " bytes, more than the 512 MB that Redis allows; leave its large columns out of the mapping",
                    null));
        }
        batch.add(projection.obsolete(row));
        batch.add(current);
    }

    private TableProjection projection(TableLine table, Partition partition) {
        Map<TableLine, TableProjection> known = projections.computeIfAbsent(partition, p -> new IdentityHashMap<>());
        @Nullable TableProjection projection = known.get(table);
        if (projection == null) {
            if (known.size() >= KNOWN_TABLES) {
                known.clear();
            }
            projection = TableProjection.of(table);
            known.put(table, projection);
        }
        return projection;
    }

    private static WriteFailed failed(RedisFailure e) {
        String reason = String.valueOf(e.getMessage());
        return new WriteFailed(
                switch (e.kind()) {
                    case RETRYABLE -> new Failure.Retryable(reason);
                    case FATAL -> new Failure.Fatal(reason);
                },
                e);
    }

    private static WriteFailed interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new WriteFailed(new Failure.Retryable("stopped while waiting for Redis"), e);
    }
}
