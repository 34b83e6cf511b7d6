package dev.sluice.dispatch.partition;

import dev.sluice.change.message.RowLine;
import dev.sluice.dispatch.mapping.RowGate;
import dev.sluice.dispatch.mapping.SetCells;
import org.jspecify.annotations.Nullable;

/** What happens to the rows of a table, worked out once for each text of its table line. */
public final class TableDecision {
    private final int number;
    private final byte[] sourceLine;
    private final byte[] targetLine;
    private final int partition;
    private final @Nullable RowGate gate;
    private final @Nullable SetCells setCells;

    TableDecision(
            int number,
            byte[] sourceLine,
            byte[] targetLine,
            int partition,
            @Nullable RowGate gate,
            @Nullable SetCells setCells) {
        this.number = number;
        this.sourceLine = sourceLine;
        this.targetLine = targetLine;
        this.partition = partition;
        this.gate = gate;
        this.setCells = setCells;
    }

    /** Whether no mapping takes the table. */
    public boolean leftOut() {
        return targetLine.length == 0;
    }

    /** Number of the table in partition queues; unique as long as this dispatcher owns the pipeline. */
    public int number() {
        return number;
    }

    byte[] sourceLine() {
        return sourceLine;
    }

    /** The rewritten table line with its newline. */
    byte[] targetLine() {
        return targetLine;
    }

    /** What becomes of one of its rows. */
    RowGate.Passage passage(RowLine row) {
        return gate == null ? RowGate.Passage.PASS : gate.of(row);
    }

    /** What its rows get beside their own cells; null for nothing. */
    @Nullable
    SetCells setCells() {
        return setCells;
    }

    /** The one partition of all its rows, or {@link PartitionChoice#BY_KEY}. */
    int partition() {
        return partition;
    }
}
