package dev.sluice.change.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a pipeline has come in sending a stretch of its source log again.
 *
 * @param generation the wish that it follows
 * @param from first entry of the stretch; 0 if it was refused
 * @param until last entry of the stretch
 * @param at last entry that was read; {@code until} when it is done
 * @param rows sent again since this instance took over
 * @param leftOut tables that were meant and cannot be sent again, as far as they were met; null for none
 * @param refusal why nothing is sent again; null if it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayStatus(
        long generation,
        long from,
        long until,
        long at,
        long rows,
        @Nullable List<String> leftOut,
        @Nullable String refusal) {
    public boolean done() {
        return at >= until;
    }
}
