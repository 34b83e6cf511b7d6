package dev.sluice.capture.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.binlog.TransactionStart;
import dev.sluice.capture.takeover.LogEnd;
import dev.sluice.change.message.TransactionLine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final long SECOND = 1_000_000;
    private static final long LAST = 500 * SECOND;

    @Test
    void endAtTheLastTransactionOfWhichTheLogHadEntries() {
        Repeats repeats = leaving(end(line("bin.000009", 400, LAST), 105, null), true);
        assertThat(repeats.have(start("bin.000009", 399, LAST))).isTrue();
        assertThat(repeats.have(start("bin.000009", 400, LAST))).isTrue();
        assertThat(repeats.have(start("bin.000009", 401, LAST))).isFalse();
        assertThat(repeats.have(start("bin.000008", 9_000, LAST))).isTrue();
        assertThat(repeats.have(start("bin.000010", 4, LAST))).isFalse();
    }

    @Test
    void endBeforeATransactionOfWhichTheLogHadNothing() {
        Repeats repeats = leaving(end(line("bin.000009", 400, LAST), 100, null), true);
        assertThat(repeats.have(start("bin.000009", 399, LAST))).isTrue();
        assertThat(repeats.have(start("bin.000009", 400, LAST))).isFalse();
    }

    @Test
    void aBinlogThatWasBegunAnewIsNew() {
        Repeats repeats = leaving(end(line("bin.000009", 400, LAST), 105, null), true);
        assertThat(repeats.have(start("bin.000001", 4, LAST + 61 * SECOND))).isFalse();
    }

    @Test
    void onAnotherServerTimesTell() {
        Repeats repeats = leaving(end(line("bin.000009", 400, LAST), 105, null), false);
        assertThat(repeats.have(start("other.000077", 4, LAST))).isTrue();
        assertThat(repeats.have(start("other.000001", 4, LAST + 1))).isFalse();
    }

    @Test
    void whoLeavesWhatRepeatsHasItsEndStillBeforeHim() {
        Repeats first = leaving(end(line("bin.000009", 400, LAST), 105, null), true);
        Repeats second = leaving(end(line("bin.000003", 700, LAST - SECOND), 205, first.text()), true);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void readWhatTheyWrite() {
        for (boolean same : new boolean[] {true, false}) {
            Repeats repeats = leaving(end(line("b n.000009", 400, LAST), 105, null), same);
            assertThat(Repeats.parse(repeats.text())).isEqualTo(repeats);
        }
    }

    @Test
    void aLogThatHadNothingIsNotRepeated() {
        assertThat(Repeats.leaving(end(line("bin.000009", 400, 0), 0, null), true))
                .isNull();
    }

    @Test
    void whatFollowsIsNewForGood() {
        ResumePoint resume = ResumePoint.after(
                line("bin.000003", 700, LAST - SECOND),
                205,
                ResumePointTest.server("server-a"),
                Repeats.parse(LAST + " 400 bin.000009"));
        assertThat(resume.endsRepeats(start("bin.000003", 700, LAST - SECOND))).isFalse();
        assertThat(resume.repeats()).isNotNull();
        assertThat(resume.endsRepeats(start("bin.000009", 500, LAST))).isTrue();
        assertThat(resume.repeats()).isNull();
        assertThat(resume.endsRepeats(start("bin.000009", 600, LAST))).isFalse();
    }

    private static Repeats leaving(LogEnd end, boolean sameServer) {
        return Objects.requireNonNull(Repeats.leaving(end, sameServer));
    }

    private static LogEnd end(TransactionLine resume, long after, @Nullable String repeats) {
        return new LogEnd(3, after, resume, null, List.of(), repeats, 0);
    }

    private static TransactionLine line(String file, long offset, long time) {
        return new TransactionLine("u:9", file, offset, time, 100, null, null, "server-a");
    }

    private static TransactionStart start(String file, long offset, long micros) {
        return new TransactionStart(null, file, offset, micros, 1);
    }
}
