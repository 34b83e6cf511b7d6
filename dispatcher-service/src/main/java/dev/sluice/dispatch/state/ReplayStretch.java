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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayStretch(
        Replay wish, long from, long until, @Nullable String refusal) {
    /** One that cannot be sent. */
    public static ReplayStretch refused(Replay wish, String why) {
        return new ReplayStretch(wish, 0, 0, why);
    }

    /** The same once nothing of it is to be sent any more. */
    public ReplayStretch over() {
        return new ReplayStretch(wish, from, 0, refusal);
    }
}
