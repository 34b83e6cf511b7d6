package dev.sluice.sink.write;

/** What became of a batch that did not fail. */
public sealed interface WriteOutcome {
    /**
     * The target holds it.
     *
     * @param missing rows that an update or delete did not find at the target
     */
    record Written(long missing) implements WriteOutcome {}

    /** The target holds another watermark than expected: another owner was faster. Nothing was written. */
    record Overtaken() implements WriteOutcome {}
}
