package dev.sluice.capture.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.GtidPosition;
import dev.sluice.change.message.TransactionLine;
import org.junit.jupiter.api.Test;

class ResumePointTest {
    private final TransactionLine last = line("u:9", "bin.3", null, "server-a");

    @Test
    void goesOnAtTheLastTransactionOfTheSameServer() {
        ResumePoint resume = ResumePoint.after(last, 105, "server-a");
        assertThat(resume.position()).isEqualTo(new FilePosition("bin.3", 400));
        resume.started("u:9");
        resume.ended(107);
    }

    @Test
    void anotherServerIsRefused() {
        assertThatThrownBy(() -> ResumePoint.after(last, 105, "server-b"))
                .isInstanceOf(OtherBinlog.class)
                .hasMessageContaining("server-a")
                .hasMessageContaining("server-b");
    }

    @Test
    void aPlaceKnownByGtidsOnlyIsFoundByThem() {
        ResumePoint resume = ResumePoint.after(line(null, "", "u:1-8", "server-a"), 0, "server-b");
        assertThat(resume.position()).isEqualTo(new GtidPosition("u:1-8"));
    }

    @Test
    void anotherTransactionAtThePlaceIsRefused() {
        ResumePoint resume = ResumePoint.after(last, 105, "server-a");
        assertThatThrownBy(() -> resume.started("other:1"))
                .isInstanceOf(OtherBinlog.class)
                .hasMessageContaining("u:9")
                .hasMessageContaining("other:1");
    }

    @Test
    void aTransactionThatEndsBeforeItsLoggedEntriesIsRefused() {
        ResumePoint resume = ResumePoint.after(last, 105, "server-a");
        resume.started("u:9");
        assertThatThrownBy(() -> resume.ended(104))
                .isInstanceOf(OtherBinlog.class)
                .hasMessageContaining("105");
    }

    @Test
    void onlyTheFirstTransactionIsCompared() {
        ResumePoint resume = ResumePoint.after(last, 105, "server-a");
        resume.started("u:9");
        resume.ended(105);
        resume.started("u:10");
        resume.ended(106);
    }

    private static TransactionLine line(String gtid, String file, String executed, String server) {
        return new TransactionLine(gtid, file, 400, 1, 100, null, executed, server);
    }
}
