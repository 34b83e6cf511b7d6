package dev.sluice.admin.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DesiredInstancesTest {
    private static final int PARTITIONS = 8;

    private final DesiredInstances rule = new DesiredInstances();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void asksForOneBeforeAnythingIsKnown() {
        assertThat(DesiredInstances.whole(look(0, 0, 0, 1))).isEqualTo(1);
    }

    @Test
    void asksForEnoughToTakeWhatArrivesAndInAMinuteWhatWaits() {
        // one instance does 1,000 a second and 120,000 wait: 3,000 arrive, 2,000 more are to be caught up, at 80 %
        assertThat(look(3_000, 120_000, 1_000, 1)).isCloseTo(5_000 / 800.0, within(0.01));
    }

    @Test
    void asksForNoMoreThanThereArePartitions() {
        assertThat(look(3_000, 10_000_000, 1_000, 1)).isEqualTo(PARTITIONS);
    }

    @Test
    void countsWhatOneInstanceDoesNotWhatAllDo() {
        assertThat(look(3_000, 60_000, 4_000, 4)).isCloseTo(4_000 / 800.0, within(0.01));
    }

    @Test
    void doesNotTakeALullForWhatAnInstanceCanDo() {
        look(1_000, 100_000, 1_000, 1);
        later(DesiredInstances.KEPT.plusSeconds(1));
        for (int i = 0; i < 50; i++) {
            later(Duration.ofSeconds(2));
            look(10, 0, 10, 1);
        }
        later(DesiredInstances.KEPT.plusSeconds(1));
        assertThat(look(800, 0, 800, 1)).isCloseTo(1.0, within(0.01));
    }

    @Test
    void stopsNobodyForAShortLull() {
        assertThat(look(4_000, 0, 1_000, 1)).isCloseTo(5, within(0.01));
        later(Duration.ofMinutes(2));
        assertThat(look(10, 0, 10, 5)).isCloseTo(5, within(0.01));
        later(Duration.ofMinutes(2));
        assertThat(DesiredInstances.whole(look(10, 0, 10, 5))).isEqualTo(1);
    }

    @Test
    void keepsTheNumberWhileTheTargetTakesNothing() {
        double before = look(2_000, 60_000, 1_000, 1);
        for (int i = 0; i < 300; i++) {
            later(Duration.ofSeconds(2));
            assertThat(look(2_000, 60_000 + 4_000L * i, 0, 1)).isEqualTo(before);
        }
    }

    private double look(double arriving, long waiting, double done, int working) {
        return rule.look(arriving, waiting, done, working, PARTITIONS, now);
    }

    private void later(Duration time) {
        now = now.plus(time);
    }
}
