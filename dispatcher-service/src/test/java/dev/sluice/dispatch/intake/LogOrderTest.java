package dev.sluice.dispatch.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.MessageHeader;
import org.junit.jupiter.api.Test;

class LogOrderTest {
    @Test
    void takesEachEntryOnce() {
        LogOrder order = LogOrder.at(1, 11);
        assertThat(order.rows(rows(1, 8, 3))).isEqualTo(11); // 8 to 10: nothing new
        assertThat(order.rows(rows(1, 8, 5))).isEqualTo(11);
        assertThat(order.next()).isEqualTo(13);
        assertThat(order.rows(rows(1, 13, 2))).isEqualTo(13);
        assertThat(order.rows(rows(1, 13, 2))).isEqualTo(15);
        assertThat(order.next()).isEqualTo(15);
    }

    @Test
    void passesOverWhatFollowsAGapUntilAClaim() {
        LogOrder order = LogOrder.at(1, 11);
        assertThat(order.rows(rows(1, 15, 2))).isNegative();
        assertThat(order.gap()).isTrue();
        order.claim(claim(2, 10));
        assertThat(order.gap()).isFalse();
        assertThat(order.rows(rows(1, 11, 2))).isNegative();
        assertThat(order.gap()).isFalse();
        assertThat(order.rows(rows(2, 11, 2))).isEqualTo(11);
    }

    @Test
    void skipsEntriesThatANewOwnerSendsAgain() {
        LogOrder order = LogOrder.at(1, 11);
        order.claim(claim(2, 7));
        assertThat(order.rows(rows(2, 8, 10))).isEqualTo(11);
        assertThat(order.next()).isEqualTo(18);
    }

    @Test
    void claimOfALowerEpochMeansNothing() {
        LogOrder order = LogOrder.at(3, 11);
        order.claim(claim(2, 500));
        assertThat(order.rows(rows(3, 11, 1))).isEqualTo(11);
    }

    @Test
    void higherEpochWithoutItsClaimCountsAsOne() {
        LogOrder order = LogOrder.at(1, 11);
        assertThat(order.rows(rows(4, 11, 1))).isEqualTo(11);
        assertThat(order.rows(rows(3, 12, 1))).isNegative();
    }

    @Test
    void claimBehindEntriesThatNeverCameIsAHole() {
        LogOrder order = LogOrder.at(1, 11);
        assertThatThrownBy(() -> order.claim(claim(2, 11)))
                .isInstanceOf(HoleInLog.class)
                .hasMessageContaining("lacks entries 11 to 11");
    }

    @Test
    void readFromTheFirstRecordItGivesWhatIsWantedOnly() {
        LogOrder order = LogOrder.fromFirst(100);
        order.claim(claim(1, 0));
        assertThat(order.rows(rows(1, 1, 60))).isEqualTo(61);
        // void: behind a gap, although the wanted entry is in it
        assertThat(order.rows(rows(1, 90, 20))).isNegative();
        assertThat(order.rows(rows(1, 61, 45))).isEqualTo(100);
        assertThat(order.next()).isEqualTo(106);
    }

    @Test
    void logThatBeginsBehindTheWantedEntryIsRefused() {
        assertThatThrownBy(() -> LogOrder.fromFirst(100).rows(rows(1, 101, 5)))
                .isInstanceOf(PlaceLost.class)
                .hasMessageContaining("entry 100 is no longer")
                .hasMessageContaining("begins at entry 101");
        assertThatThrownBy(() -> LogOrder.fromFirst(100).claim(claim(9, 100))).isInstanceOf(PlaceLost.class);
        LogOrder justBefore = LogOrder.fromFirst(100);
        justBefore.claim(claim(9, 99));
        assertThat(justBefore.rows(rows(9, 100, 1))).isEqualTo(100);
    }

    @Test
    void withoutAPlaceTheFirstRecordIsTheBeginning() {
        LogOrder order = LogOrder.fromFirst(0);
        assertThat(order.rows(rows(7, 5_000, 10))).isEqualTo(5_000);
        assertThat(order.wanted()).isEqualTo(5_010);
    }

    @Test
    void messageWithoutEntriesMovesNothing() {
        LogOrder order = LogOrder.at(1, 11);
        assertThat(order.rows(rows(1, 11, 0))).isEqualTo(11);
        assertThat(order.next()).isEqualTo(11);
    }

    @Test
    void copiedRowsThatAreLostStopTheReader() {
        LogOrder order = LogOrder.at(1, 11);
        order.rows(rows(1, 11, 10));
        order.copied(15);
        order.claim(claim(2, 15));
        order.rows(rows(2, 16, 10));
        order.copied(22);
        assertThatThrownBy(() -> order.claim(claim(3, 21)))
                .isInstanceOf(PlaceLost.class)
                .hasMessageContaining("from entry 22 on");
    }

    private static MessageHeader rows(long epoch, long seq, int entries) {
        return new MessageHeader(MessageHeader.Kind.ROWS, epoch, seq, entries, 0, 0);
    }

    private static MessageHeader claim(long epoch, long after) {
        return new MessageHeader(MessageHeader.Kind.CLAIM, epoch, after, 0, after, 0);
    }
}
