package dev.sluice.admin.channel;

import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.config.Replay;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent again, as a caller gives it.
 *
 * @param entry number in the source log of the first entry, or
 * @param time of the first transaction's commit at the source
 * @param tables left out: all that are mapped
 */
record ReplayInput(
        @Nullable Long entry,
        @Nullable Instant time,
        @Nullable List<Replay.Table> tables) {
    /**
     * The wish, the higher the later.
     *
     * @param version of the configuration that will have it
     */
    Replay wish(long version) {
        if (time != null && time.isAfter(Instant.now())) {
            throw Refusal.invalid(
                    List.of(new FieldError("time", "is not past yet; give the time of the first change")));
        }
        return new Replay(version, entry, time, Objects.requireNonNullElse(tables, List.of()));
    }
}
