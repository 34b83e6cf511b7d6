package dev.sluice.sink.write;

import dev.sluice.sink.batch.Row;
import org.jspecify.annotations.Nullable;

/** Why a batch could not be written, by what helps. The reasons go to logs and screens: no values, no credentials. */
public sealed interface Failure {
    /** What happened and what to do. */
    String reason();

    /**
     * Passes by itself: tried again in place, soon.
     *
     * @param row one of the table that it is about, such as by a lock; null if it is about the whole target
     */
    record Retryable(String reason, @Nullable Row row) implements Failure {
        /** One that is about the whole target. */
        public Retryable(String reason) {
            this(reason, null);
        }
    }

    /**
     * The target refuses a row: its partition is suspended until the row or the target is repaired.
     *
     * @param row the one that is refused; null if that could not be told
     * @param sqlState or the target's own error code
     */
    record BadRow(
            @Nullable Row row, String reason, @Nullable String sqlState) implements Failure {}

    /** A setting or a privilege is wrong; tried again slowly, so that a repair is noticed. */
    record Fatal(String reason) implements Failure {}
}
