package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.Replay;
import dev.sluice.dispatch.state.ReplayStretch;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaysTest {
    private static final Replay FIRST = new Replay(1, 1L, null, List.of());
    private static final Replay SECOND = new Replay(2, 1L, null, List.of());

    @Test
    void goingBackToBeforeAWishDoesNotFulfilItAgain() {
        Replays replays = new Replays();
        replays.at(new ReplayStretch(FIRST, 1, 100, null));
        replays.at(new ReplayStretch(SECOND, 1, 200, null));

        replays.at(new ReplayStretch(FIRST, 1, 100, null));

        assertThat(replays.next(SECOND, 1_000)).isEmpty();
        assertThat(replays.gate()).as("what the first has still to send").isNotNull();
        assertThat(replays.last().until())
                .as("what the next owner goes on with")
                .isEqualTo(100);
        replays.at(null);
        assertThat(replays.next(SECOND, 1_000)).isEmpty();
        assertThat(replays.gate()).isNull();
    }

    @Test
    void aLaterWishIsTakenUpOnceTheStretchIsBehind() {
        Replays replays = new Replays();
        replays.at(new ReplayStretch(FIRST, 1, 100, null));

        assertThat(replays.next(SECOND, 50)).isEmpty();
        assertThat(replays.next(SECOND, 100)).contains(SECOND);
    }
}
