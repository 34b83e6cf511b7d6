package dev.sluice.dispatch.intake;

/** A claim says that entries are in the source log which this reader has not met. */
public final class HoleInLog extends RuntimeException {
    HoleInLog(long next, long after) {
        super("the source log lacks entries " + next + " to " + after
                + " before a claim; choose: capture that stretch again from the binlog, or snapshot anew");
    }
}
