package dev.sluice.sink.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousPriorityTest {
    private static final int QUEUES = 2_000;

    @Test
    void givesEveryInstanceItsShare() {
        List<String> instances = List.of("apply-host-1", "apply-host-2", "apply-host-3", "apply-host-4");
        Map<String, Integer> shares = new HashMap<>();
        for (int queue = 0; queue < QUEUES; queue++) {
            shares.merge(owner(instances, queue), 1, Integer::sum);
        }
        // four standard deviations of a fair draw
        assertThat(shares).hasSize(4).allSatisfy((instance, share) -> assertThat(share)
                .isBetween(420, 580));
    }

    @Test
    void movesToANewcomerOnlyWhatBecomesItsOwn() {
        List<String> before = List.of("a", "b", "c");
        List<String> after = List.of("a", "b", "c", "d");
        long moved = IntStream.range(0, QUEUES)
                .filter(queue -> !owner(before, queue).equals(owner(after, queue)))
                .peek(queue -> assertThat(owner(after, queue)).isEqualTo("d"))
                .count();
        assertThat(moved).isBetween(420L, 580L);
    }

    @Test
    void isNeverNegative() {
        assertThat(IntStream.range(0, QUEUES).map(queue -> RendezvousPriority.of("a", "q" + queue)))
                .allMatch(priority -> priority >= 0);
    }

    private static String owner(List<String> instances, int queue) {
        String best = instances.get(0);
        for (String instance : instances) {
            if (RendezvousPriority.of(instance, "sluice.apply.p." + queue)
                    > RendezvousPriority.of(best, "sluice.apply.p." + queue)) {
                best = instance;
            }
        }
        return best;
    }
}
