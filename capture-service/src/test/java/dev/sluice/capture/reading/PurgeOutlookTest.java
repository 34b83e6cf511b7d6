package dev.sluice.capture.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import org.junit.jupiter.api.Test;

class PurgeOutlookTest {
    private static final long SECOND = 1_000_000;
    private static final long START = 1_000_000 * SECOND;

    private final PurgeOutlook outlook = new PurgeOutlook(new SourceServer(
            new SourceAddress("h", 1, "u", "", TlsOptions.disabled()), "id", false, false, false, true, ""));

    @Test
    void whoReadsAtHalfTheSpeedHasTwiceTheMargin() {
        outlook.saw(START, START + 1000 * SECOND);
        assertThat(outlook.secondsLeft(3600, START + 30 * SECOND, START + 1060 * SECOND))
                .isEqualTo(2 * (3600 - 1030));
    }

    @Test
    void whoDoesNotReadHasTheMargin() {
        outlook.saw(START, START + 1000 * SECOND);
        assertThat(outlook.secondsLeft(3600, START, START + 1060 * SECOND)).isEqualTo(3600 - 1060);
        assertThat(outlook.secondsLeft(3600, START, START + 9999 * SECOND)).isZero();
    }

    @Test
    void whoCatchesUpIsSafeAndSoIsWhoMayTakeForEver() {
        assertThat(outlook.secondsLeft(3600, START, START + SECOND))
                .as("one look tells no rate")
                .isNull();
        outlook.saw(START, START + 1000 * SECOND);
        assertThat(outlook.secondsLeft(3600, START + 61 * SECOND, START + 1060 * SECOND))
                .isNull();
        assertThat(outlook.secondsLeft(0, START, START + 1060 * SECOND)).isNull();
    }
}
