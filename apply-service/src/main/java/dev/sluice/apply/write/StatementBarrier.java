package dev.sluice.apply.write;

import dev.sluice.apply.statement.TargetStatements;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the partitions of a pipeline meet before a statement: the first one runs it once all others have come so far, and
 * the others go on once the first has. Who has come how far is what the watermarks at the target say, so it holds for
 * partitions of other instances too, and whoever is killed finds everything as it was. Parked rows of the statement's tables
 * come before it as well, so it waits until there are none.
 */
final class StatementBarrier {
    private static final int RUNNER = 0;

    private final WatermarkTable watermarks;
    private final ParkedTable parked;
    private final TargetStatements statements;

    StatementBarrier(WatermarkTable watermarks, ParkedTable parked, TargetStatements statements) {
        this.watermarks = watermarks;
        this.parked = parked;
        this.statements = statements;
    }

    WriteOutcome pass(Connection connection, RowBatch batch, DdlLine statement) throws SQLException, WriteFailed {
        DdlLine.Barrier barrier = statement.barrier();
        Partition partition = batch.partition();
        if (barrier == null || !watermarks.read(connection, partition).equals(batch.before())) {
            return new WriteOutcome.Overtaken();
        }
        boolean runs = partition.number() == RUNNER;
        if (!runs && !reached(connection, batch, RUNNER, barrier.seqs().get(RUNNER))) {
            return new WriteOutcome.Waiting(
                    "waits for partition " + RUNNER + " to run the statement at entry " + barrier.entry());
        }
        if (runs) {
            for (int other = 0; other < barrier.seqs().size(); other++) {
                if (other != RUNNER
                        && !reached(connection, batch, other, barrier.seqs().get(other) - 1)) {
                    return new WriteOutcome.Waiting(
                            "the statement at entry " + barrier.entry() + " waits for partition " + other);
                }
            }
            // all have come so far, so no row from before the statement can be parked any more
            for (TableLine.Target table : statement.isGivenUp() ? List.<TableLine.Target>of() : statement.tables()) {
                long rows = parked.waiting(connection, partition.pipeline(), table);
                if (rows > 0) {
                    connection.rollback();
                    return new WriteOutcome.Waiting(
                            "the statement at entry " + barrier.entry() + " waits for " + rows + " parked rows of "
                                    + table.schema() + "." + table.name() + ": retry or skip them",
                            true);
                }
            }
            connection.rollback();
            WriteOutcome outcome = statements.run(
                    connection, partition.pipeline(), statement, () -> goOn(connection, batch, statement));
            return outcome != null
                    ? outcome
                    : new WriteOutcome.Waiting("the statement at entry " + barrier.entry()
                            + " still runs at the target from an earlier try");
        }
        return goOn(connection, batch, null);
    }

    /** Goes on behind the statement; who ran it notes that in the same transaction. */
    private WriteOutcome goOn(Connection connection, RowBatch batch, @Nullable DdlLine ran) throws SQLException {
        if (!watermarks.advance(connection, batch)) {
            connection.rollback();
            return new WriteOutcome.Overtaken();
        }
        if (ran != null) {
            statements.finish(connection, batch.partition().pipeline(), ran);
        }
        connection.commit();
        return new WriteOutcome.Written(0);
    }

    private boolean reached(Connection connection, RowBatch batch, int other, long seq) throws SQLException {
        Partition partition = new Partition(batch.partition().pipeline(), other);
        return watermarks
                        .read(connection, partition)
                        .compareTo(new Watermark(batch.after().epoch(), seq))
                >= 0;
    }
}
