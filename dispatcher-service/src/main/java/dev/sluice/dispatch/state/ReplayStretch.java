package dev.sluice.dispatch.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.change.config.Replay;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the source log that is sent again, or was.
 *
 * @param from its first entry; 0 if the wish could not be fulfilled
 * @param until its last entry; 0 if nothing of it is to be sent any more
 * @param refusal why the wish could not be fulfilled; null if it could
 * @param keysOnly tables with further unique keys are left out; null is false
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayStretch(
        Replay wish,
        long from,
        long until,
        @Nullable String refusal,
        @Nullable Boolean keysOnly) {
    public ReplayStretch(Replay wish, long from, long until, @Nullable String refusal) {
        this(wish, from, until, refusal, null);
    }

    /** One that cannot be sent. */
    public static ReplayStretch refused(Replay wish, String why) {
        return new ReplayStretch(wish, 0, 0, why);
    }

    /** The same once nothing of it is to be sent any more. */
    public ReplayStretch over() {
        return new ReplayStretch(wish, from, 0, refusal, keysOnly);
    }

    /** What to go on with from a state that may be older, so that this wish is not fulfilled again. */
    public ReplayStretch from(@Nullable ReplayStretch state) {
        if (state != null && state.wish.generation() >= wish.generation()) {
            return state;
        }
        if (state == null || state.until == 0) {
            return over();
        }
        Replay earlier = state.wish;
        Replay renamed = new Replay(wish.generation(), earlier.entry(), earlier.time(), earlier.tables());
        return new ReplayStretch(renamed, state.from, state.until, null, state.keysOnly);
    }
}
