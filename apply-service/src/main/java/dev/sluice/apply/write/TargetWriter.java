package dev.sluice.apply.write;

import dev.sluice.apply.sql.Dialect;
import dev.sluice.apply.sql.TablePlans;
import dev.sluice.apply.sql.TableStatements;
import dev.sluice.apply.sql.TargetTransaction;
import dev.sluice.apply.statement.TargetStatements;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.PipelineSources;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.ErrorStore;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to one server: the watermark and all rows in one transaction, the watermark first.
 * Thread-safe.
 */
public final class TargetWriter implements BatchWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TargetWriter.class);

    private static final int STATEMENT_ROWS = 1_000;
    private static final int STATEMENT_BYTES = 1_000_000;
    private static final long MISSING_LOGGED_EVERY = Duration.ofMinutes(1).toNanos();

    private final String target;
    private final TargetConnections connections;
    private final WatermarkTable watermarks;
    private final ParkedTable parked;
    private final TargetErrorStore errors;
    private final StatementBarrier barrier;
    private final MissingTables missingTables;
    private final Dialect dialect;
    private final TablePlans plans;
    private final AtomicLong missingLogged = new AtomicLong(System.nanoTime() - MISSING_LOGGED_EVERY);
    /** Connections with a transaction of which a part is written. */
    private final Map<Partition, Connection> unfinished = new ConcurrentHashMap<>();

    private volatile int statementBytes;

    /**
     * A writer; connects when first used.
     *
     * @param watermarkSchema database at the target for the watermarks
     * @param connections at most
     * @param sources to ask for the definitions of tables that the target does not have
     */
    public TargetWriter(
            DataSource target, SecretCipher cipher, String watermarkSchema, int connections, PipelineSources sources) {
        this.target = target.name();
        dialect = Dialect.of(target.kind());
        plans = new TablePlans(dialect);
        this.connections = new TargetConnections(dialect, target, cipher, connections);
        watermarks = new WatermarkTable(dialect, watermarkSchema);
        parked = new ParkedTable(dialect.parked(watermarkSchema).rows());
        errors = new TargetErrorStore(dialect, target.name(), this.connections, dialect.parked(watermarkSchema));
        missingTables = new MissingTables(dialect, target, cipher, sources);
        barrier = new StatementBarrier(watermarks, parked, TargetStatements.of(target.kind(), watermarkSchema));
    }

    @Override
    public Watermark watermark(Partition partition) throws WriteFailed {
        try (Connection connection = connections.open()) {
            return watermarks.read(connection, partition);
        } catch (SQLException e) {
            throw SqlErrors.failed(dialect, target, e, null);
        }
    }

    @Override
    public WriteOutcome write(RowBatch batch) throws WriteFailed {
        if (batch.statement() != null) {
            return pass(batch, batch.statement());
        }
        return write(batch, STATEMENT_ROWS);
    }

    private WriteOutcome pass(RowBatch batch, DdlLine statement) throws WriteFailed {
        try (Connection connection = connections.open()) {
            WriteOutcome outcome = barrier.pass(connection, batch, statement);
            if (outcome instanceof WriteOutcome.Written) {
                plans.forget();
            }
            return outcome;
        } catch (SQLException e) {
            throw SqlErrors.failed(dialect, target, e, null);
        }
    }

    private WriteOutcome write(RowBatch batch, int statementRows) throws WriteFailed {
        Connection open = unfinished.remove(batch.partition());
        TargetTransaction begun = null;
        WriteFailed failed;
        Connection connection = null;
        boolean kept = false;
        try {
            connection = open == null ? connections.open() : open;
            List<Segment> segments = open == null ? segments(connection, batch, statementRows == 1) : segments(batch);
            try (TargetTransaction transaction =
                    new TargetTransaction(connection, statementRows, statementBytes(connection), batch.missingRow())) {
                if (!watermarks.advance(connection, batch) || !parked.move(connection, batch)) {
                    connection.rollback();
                    return new WriteOutcome.Overtaken();
                }
                begun = transaction;
                StatementRunner runner = new StatementRunner(transaction);
                for (Segment segment : segments) {
                    runner.run(segment);
                }
                if (!batch.more()) {
                    connection.commit();
                }
                logMissing(batch, runner.missing());
                kept = batch.more();
                return new WriteOutcome.Written(runner.missing());
            }
        } catch (WriteFailed e) {
            failed = e;
        } catch (SQLException e) {
            kept = false;
            failed = SqlErrors.failed(dialect, target, e, begun == null ? null : begun.current());
        } finally {
            if (connection != null && kept) {
                unfinished.put(batch.partition(), connection);
            } else if (connection != null) {
                giveBack(connection);
            }
        }
        // nothing tells more of a table that is missing, and what an open transaction had written is undone now
        boolean vague = begun != null && open == null && statementRows > 1;
        if (!vague || !(failed.failure() instanceof Failure.BadRow)) {
            throw failed;
        }
        plans.forget();
        // row by row it either fails again, and tells which row it is, or goes through
        return write(batch, 1);
    }

    @Override
    public void abandon(Partition partition) {
        Connection connection = unfinished.remove(partition);
        if (connection != null) {
            giveBack(connection);
        }
    }

    @Override
    public ErrorStore errors() {
        return errors;
    }

    @Override
    public void close() {
        unfinished.values().forEach(this::giveBack);
        unfinished.clear();
        connections.close();
    }

    /** The pool undoes what was not committed. */
    private void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("target {}: connection already gone: {}", target, e.getMessage());
        }
    }

    /** What has to be read about tables goes over another connection than the transaction that is open. */
    private List<Segment> segments(RowBatch batch) throws SQLException, WriteFailed {
        try (Connection connection = connections.open()) {
            return segments(connection, batch, false);
        }
    }

    /** Order between tables does not matter, for foreign keys are not checked; within a table it is kept. */
    private List<Segment> segments(Connection connection, RowBatch batch, boolean oneByOne)
            throws SQLException, WriteFailed {
        Map<TableLine, TableStatements> known = new IdentityHashMap<>();
        Map<TableLine.Target, List<Segment>> tables = new LinkedHashMap<>();
        for (Row row : batch.rows()) {
            TableStatements table = known.get(row.table());
            if (table == null) {
                table = plans.of(connection, row.table());
                if (table == null) {
                    missingTables.make(connection, batch.partition().pipeline(), row);
                    table = plans.of(connection, row.table());
                }
                if (table == null) {
                    throw new WriteFailed(new Failure.Retryable("a table that was made is gone again"));
                }
                known.put(row.table(), table);
            }
            List<Segment> segments = tables.computeIfAbsent(table.plan().target(), name -> new ArrayList<>());
            Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
            if (last == null || last.table() != table || oneByOne) {
                last = new Segment(table, new ArrayList<>());
                segments.add(last);
            }
            last.rows().add(row);
        }
        // what was read about the tables was no part of the transaction that begins with the watermark
        connection.commit();
        return tables.values().stream().flatMap(List::stream).toList();
    }

    private int statementBytes(Connection connection) throws SQLException {
        if (statementBytes == 0) {
            statementBytes = Math.min(STATEMENT_BYTES, dialect.statementBytes(connection));
        }
        return statementBytes;
    }

    private void logMissing(RowBatch batch, long missing) {
        long now = System.nanoTime();
        long last = missingLogged.get();
        if (missing > 0 && now - last > MISSING_LOGGED_EVERY && missingLogged.compareAndSet(last, now)) {
            LOG.warn(
                    "partition {}: {} rows that an update or delete should have found were not at target {}",
                    batch.partition(),
                    missing,
                    target);
        }
    }
}
