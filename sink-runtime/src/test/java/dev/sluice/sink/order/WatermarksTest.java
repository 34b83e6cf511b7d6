package dev.sluice.sink.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.MessageHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarksTest {
    private static final Watermark AT_7 = new Watermark(2, 7);

    @Test
    void appliesTheNextEntries() {
        assertThat(Watermarks.judge(AT_7, header(2, 8, 3))).isEqualTo(new Verdict.Apply(0, new Watermark(2, 10)));
    }

    @Test
    void skipsTheEntriesThatTheTargetHas() {
        assertThat(Watermarks.judge(AT_7, header(2, 5, 6))).isEqualTo(new Verdict.Apply(3, new Watermark(2, 10)));
    }

    @Test
    void dropsWhatTheTargetHasWhole() {
        assertThat(Watermarks.judge(AT_7, header(2, 1, 7))).isEqualTo(new Verdict.Duplicate());
        assertThat(Watermarks.judge(AT_7, header(2, 8, 0))).isEqualTo(new Verdict.Duplicate());
    }

    @Test
    void dropsEntriesOfAnEarlierEpochWhateverTheirNumber() {
        assertThat(Watermarks.judge(AT_7, header(1, 8, 3))).isEqualTo(new Verdict.Duplicate());
    }

    @Test
    void neverJumpsOverAGap() {
        assertThat(Watermarks.judge(AT_7, header(2, 9, 1))).isEqualTo(new Verdict.Gap());
    }

    @Test
    void beginsALaterEpochOnlyAtItsFirstEntry() {
        assertThat(Watermarks.judge(AT_7, header(3, 1, 4))).isEqualTo(new Verdict.Apply(0, new Watermark(3, 4)));
        assertThat(Watermarks.judge(AT_7, header(3, 2, 4))).isEqualTo(new Verdict.Gap());
        assertThat(Watermarks.judge(Watermark.NONE, header(1, 1, 1)))
                .isEqualTo(new Verdict.Apply(0, new Watermark(1, 1)));
    }

    /** A publisher that goes back to the last entry it is sure of, at random, and a reader that keeps the rule. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void takesEachEntryOnceHoweverThePublisherRepeatsAndLoses(long seed) {
        Random random = new Random(seed);
        List<MessageHeader> arriving = new ArrayList<>();
        long next = 1;
        while (next <= 500) {
            int entries = 1 + random.nextInt(9);
            boolean lost = random.nextInt(10) == 0;
            if (!lost) {
                arriving.add(header(1, next, entries));
            }
            next += entries;
            if (lost || random.nextInt(15) == 0) {
                // everything since an earlier entry again, cut differently
                for (int ahead = random.nextInt(3); ahead > 0; ahead--) {
                    arriving.add(header(1, next, entries));
                    next += entries;
                }
                next = Math.max(1, next - 40);
            }
        }
        List<Long> taken = new ArrayList<>();
        Watermark watermark = Watermark.NONE;
        for (MessageHeader header : arriving) {
            if (Watermarks.judge(watermark, header) instanceof Verdict.Apply apply) {
                for (long seq = header.seq() + apply.skip(); seq <= header.lastSeq(); seq++) {
                    taken.add(seq);
                }
                watermark = apply.after();
            }
        }
        for (int i = 0; i < taken.size(); i++) {
            assertThat(taken.get(i)).isEqualTo(i + 1L);
        }
        assertThat(taken.size()).isGreaterThan(400);
    }

    private static MessageHeader header(long epoch, long seq, int entries) {
        return new MessageHeader(MessageHeader.Kind.ROWS, epoch, seq, entries, 0, 0);
    }
}
