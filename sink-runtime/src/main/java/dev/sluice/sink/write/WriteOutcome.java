package dev.sluice.sink.write;

/** What became of a batch that did not fail. */
public sealed interface WriteOutcome {
    /**
     * The target holds it.
     *
     * @param missing rows that an update or delete did not find at the target
     */
    record Written(long missing) implements WriteOutcome {}

    /**
     * It is not its turn yet; nothing was written, and it is to be tried again soon.
     *
     * @param reason what it waits for
     * @param operator whether it goes on only if an operator does something
     */
    record Waiting(String reason, boolean operator) implements WriteOutcome {
        /** Waits for what comes by itself. */
        public Waiting(String reason) {
            this(reason, false);
        }
    }

    /** The target holds another watermark than expected: another owner was faster. Nothing was written. */
    record Overtaken() implements WriteOutcome {}
}
