package dev.sluice.binlog;

import java.util.List;

/**
 * What became of a transaction.
 *
 * @param committed whether it ended with a commit or was prepared
 * @param undone changes that were taken back to a savepoint, in order
 */
record Outcome(boolean committed, List<Savepoints.Stretch> undone) {
    /** Whether a change was made in the end. */
    boolean holds(long change) {
        if (!committed) {
            return false;
        }
        int from = 0;
        int to = undone.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (undone.get(middle).to() <= change) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == undone.size() || change < undone.get(from).from();
    }
}
