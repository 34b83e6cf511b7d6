package dev.sluice.dispatch.partition;

/** What happens to the rows of a table, worked out once for each text of its table line. */
public final class TableDecision {
    private final int number;
    private final byte[] sourceLine;
    private final byte[] targetLine;
    private final int partition;

    TableDecision(int number, byte[] sourceLine, byte[] targetLine, int partition) {
        this.number = number;
        this.sourceLine = sourceLine;
        this.targetLine = targetLine;
        this.partition = partition;
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

    /** The one partition of all its rows, or {@link PartitionChoice#BY_KEY}. */
    int partition() {
        return partition;
    }
}
