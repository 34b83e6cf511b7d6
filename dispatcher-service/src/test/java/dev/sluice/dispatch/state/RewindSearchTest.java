package dev.sluice.dispatch.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.MalformedMessage;
import dev.sluice.dispatch.state.DispatchState.Boundary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewindSearchTest {
    private final RewindSearch search = new RewindSearch(1, 1, 50);

    @Test
    void findsTheLatestRecordThatIsNotBeyondTheWatermark() {
        add(10, 1, 10, 10);
        add(20, 1, 10, 50);
        add(30, 1, 10, 51);
        assertThat(search.found().orElseThrow().sourceSeq()).isEqualTo(20);
    }

    @Test
    void findsNothingIfAllAreBeyondItOrOfOtherEpochs() {
        search.add(state(10, 1, 2, List.of(), 0, 0));
        add(20, 1, 0, 51);
        assertThat(search.found()).isEmpty();
    }

    @Test
    void collectsWhereOtherVersionsTookEffectAfterIt() {
        add(10, 1, 0, 40);
        add(20, 2, 0, 50);
        add(30, 2, 0, 60);
        add(35, 3, 0, 65);
        add(40, 4, 0, 70);
        DispatchState found = search.found().orElseThrow();
        assertThat(found.sourceSeq()).isEqualTo(20);
        assertThat(found.configVersion()).isEqualTo(2);
        assertThat(found.ahead()).containsExactly(new Boundary(35, 3), new Boundary(40, 4));
        assertThat(found.drained()).isFalse();
    }

    @Test
    void goingBackIsNoBoundaryAndSendingAgainMeetsTheSameOnes() {
        add(20, 1, 0, 50);
        add(30, 2, 0, 60);
        add(40, 3, 0, 70);
        // back to 25 with the version of then, and through both boundaries again
        search.add(state(25, 1, 1, List.of(new Boundary(30, 2), new Boundary(40, 3)), 0, 55));
        search.add(state(30, 2, 1, List.of(new Boundary(40, 3)), 0, 60));
        add(40, 3, 0, 70);
        assertThat(search.found().orElseThrow().ahead()).containsExactly(new Boundary(30, 2), new Boundary(40, 3));
    }

    @Test
    void boundariesThatTheFoundRecordHadAheadStayAhead() {
        search.add(state(20, 1, 1, List.of(new Boundary(30, 2)), 0, 50));
        add(25, 1, 0, 55);
        assertThat(search.found().orElseThrow().ahead()).containsExactly(new Boundary(30, 2));
    }

    @Test
    void recordsAreReadBackAsTheyWereWritten() {
        DispatchState state = state(20, 1, 1, List.of(new Boundary(30, 2)), 7, 50);
        assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
        assertThat(state.place()).isNotNull();
        assertThat(state(0, 1, 1, List.of(), 0, 0).place()).isNull();
    }

    @Test
    void recordsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> StateCodec.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("state record");
        byte[] wrong = new String(StateCodec.encode(state(1, 1, 1, List.of(), 0, 0)), StandardCharsets.UTF_8)
                .replace("\"partitions\":2", "\"partitions\":3")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> StateCodec.decode(wrong)).hasMessageContaining("2 seqs for 3 partitions");
    }

    private void add(long sourceSeq, long version, long first, long second) {
        search.add(state(sourceSeq, version, 1, List.of(), first, second));
    }

    private static DispatchState state(
            long sourceSeq, long version, long epoch, List<Boundary> ahead, long first, long second) {
        return new DispatchState(
                "s", 1, sourceSeq, 5, null, version, epoch, 2, List.of(first, second), true, 0, ahead, 9, null, null);
    }
}
