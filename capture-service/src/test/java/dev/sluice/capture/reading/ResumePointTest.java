package dev.sluice.capture.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.GtidPosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.change.message.TransactionLine;
import org.junit.jupiter.api.Test;

class ResumePointTest {
    private final TransactionLine last = line("u:9", "bin.3", null, "server-a");

    @Test
    void goesOnAtTheLastTransactionOfTheSameServer() {
        ResumePoint resume = ResumePoint.after(last, 105, server("server-a"), null);
        assertThat(resume.position()).isEqualTo(new FilePosition("bin.3", 400));
        resume.started("u:9");
        resume.ended(107);
    }

    @Test
    void anotherServerIsRefused() {
        assertThatThrownBy(() -> ResumePoint.after(last, 105, server("server-b"), null))
                .isInstanceOf(OtherBinlog.class)
                .hasMessageContaining("server-a")
                .hasMessageContaining("server-b");
    }

    @Test
    void aPlaceKnownByGtidsOnlyIsFoundByThem() {
        ResumePoint resume = ResumePoint.after(line(null, "", "u:1-8", "server-a"), 0, server("server-b"), null);
        assertThat(resume.position()).isEqualTo(new GtidPosition("u:1-8"));
    }

    @Test
    void anotherTransactionAtThePlaceIsRefused() {
        ResumePoint resume = ResumePoint.after(last, 105, server("server-a"), null);
        assertThatThrownBy(() -> resume.started("other:1"))
                .isInstanceOf(OtherBinlog.class)
                .hasMessageContaining("u:9")
                .hasMessageContaining("other:1");
    }

    @Test
    void aTransactionThatEndsBeforeItsLoggedEntriesIsRefused() {
        ResumePoint resume = ResumePoint.after(last, 105, server("server-a"), null);
        resume.started("u:9");
        assertThatThrownBy(() -> resume.ended(104))
                .isInstanceOf(OtherBinlog.class)
                .hasMessageContaining("105");
    }

    @Test
    void onlyTheFirstTransactionIsCompared() {
        ResumePoint resume = ResumePoint.after(last, 105, server("server-a"), null);
        resume.started("u:9");
        resume.ended(105);
        resume.started("u:10");
        resume.ended(106);
    }

    @Test
    void onAnotherServerTransactionsWithoutEntriesMayComeFirst() {
        ResumePoint resume =
                ResumePoint.after(line("u:9", "bin.3", "u:1-8", "server-a"), 105, server("server-b"), null);
        assertThat(resume.position()).isEqualTo(new GtidPosition("u:1-8"));
        resume.started("v:1");
        resume.ended(100);
        assertThat(resume.reached()).isFalse();
        assertThatThrownBy(resume::mayLog).isInstanceOf(OtherBinlog.class).hasMessageContaining("u:9");
        resume.started("u:9");
        resume.mayLog();
        resume.ended(105);
    }

    @Test
    void onAnotherServerOtherEntriesMayNotComeFirst() {
        ResumePoint resume =
                ResumePoint.after(line("u:9", "bin.3", "u:1-8", "server-a"), 105, server("server-b"), null);
        resume.started("v:1");
        assertThatThrownBy(() -> resume.ended(101))
                .isInstanceOf(OtherBinlog.class)
                .hasMessageContaining("order");
    }

    static SourceServer server(String id) {
        SourceAddress address = new SourceAddress("h", 1, "u", "", TlsOptions.disabled());
        return new SourceServer(address, id, false, false, false, true, "");
    }

    private static TransactionLine line(String gtid, String file, String executed, String server) {
        return new TransactionLine(gtid, file, 400, 1, 100, null, executed, server);
    }
}
