package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline being dispatched.
 *
 * @param configVersion the configuration in effect for it
 * @param sourceSeq last entry of the source log that is dispatched, confirmed and noted in the state stream
 * @param read entries read since this instance took over
 * @param dispatched entries sent to partition queues since then
 * @param partitionSeqs last seq of each partition
 * @param commitMicros commit time of the last dispatched entry, microseconds since 1970; 0 if none yet
 * @param replay the replay under way, or the last one; null if there was none
 * @param held the statement before which it waits for the operator; null if it does not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DispatchStatus(
        String pipeline,
        State state,
        long configVersion,
        long generation,
        long sourceEpoch,
        long sourceSeq,
        long read,
        long dispatched,
        long epoch,
        List<Long> partitionSeqs,
        long commitMicros,
        @Nullable String error,
        @Nullable ReplayStatus replay,
        @Nullable HeldStatement held) {}
