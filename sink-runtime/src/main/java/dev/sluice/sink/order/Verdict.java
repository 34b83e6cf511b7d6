package dev.sluice.sink.order;

/** What is to be done with a message. */
public sealed interface Verdict {
    /** Every entry is at the target already, or void: acknowledge and forget. */
    record Duplicate() implements Verdict {}

    /** Entries before it are missing: acknowledge and forget, its publisher sends again from before it. */
    record Gap() implements Verdict {}

    /**
     * The next entries.
     *
     * @param skip how many of the message's first entries are at the target already
     * @param after the watermark once its last entry is applied
     */
    record Apply(int skip, Watermark after) implements Verdict {}
}
