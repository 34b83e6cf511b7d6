package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GtidSetTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void normalisesWhatItParses() {
        assertThat(GtidSet.parse(" " + A.toUpperCase() + ":3-5:1:2:9,\n" + B + ":1, " + A + ":6 ")
                        .toString())
                .isEqualTo(A + ":1-6:9," + B + ":1");
        assertThat(GtidSet.parse("").toString()).isEmpty();
    }

    @Test
    void keepsTagsApart() {
        GtidSet set = GtidSet.parse(A + ":1-3:tag_b:5:tag_a:1-2:4");
        assertThat(set.toString()).isEqualTo(A + ":1-3:tag_a:1-2:4:tag_b:5");
        assertThat(set.contains(A + ":tag_b:5")).isTrue();
        assertThat(set.contains(A + ":5")).isFalse();
        set.add(A + ":tag_a:3");
        assertThat(set.contains(A + ":tag_a:1-4")).isTrue();
    }

    @Test
    void subtractsAndContains() {
        GtidSet set = GtidSet.parse(A + ":1-10," + B + ":5");
        assertThat(set.subtract(GtidSet.parse(A + ":1:4-5:10")).toString()).isEqualTo(A + ":2-3:6-9," + B + ":5");
        assertThat(set.subtract(set).isEmpty()).isTrue();
        assertThat(set.contains(GtidSet.parse(A + ":3-4"))).isTrue();
        assertThat(set.contains(GtidSet.parse(A + ":3-11"))).isFalse();
        assertThat(set.contains(GtidSet.parse(""))).isTrue();
    }

    @Test
    void addingInAnyOrderGivesTheSameSet() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<String> gtids = new ArrayList<>();
            for (int i = 1; i <= 30; i++) {
                if (random.nextInt(4) > 0) {
                    gtids.add(A + ":" + i);
                }
            }
            GtidSet forward = GtidSet.parse(String.join(",", gtids));
            Collections.shuffle(gtids, random);
            GtidSet shuffled = new GtidSet();
            gtids.forEach(shuffled::add);
            assertThat(shuffled).isEqualTo(forward).hasSameHashCodeAs(forward);
            assertThat(GtidSet.parse(shuffled.toString())).isEqualTo(forward);
        }
    }

    @Test
    void encodesWithoutTagsAsAllServersKnowIt() {
        assertThat(HexFormat.of().formatHex(GtidSet.parse(A + ":1-5").encoded()))
                .isEqualTo("0100000000000000" + A.replace("-", "") + "0100000000000000" + "0100000000000000"
                        + "0600000000000000");
        assertThat(GtidSet.parse("").encoded()).hasSize(8);
    }

    @Test
    void refusesWhatIsNoSet() {
        for (String bad : List.of(A, A + ":", A + ":0", A + ":5-3", "x:1", A + ":1-2-3", A + ":ta g:1")) {
            assertThatThrownBy(() -> GtidSet.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void mariaDbKeepsTheLastOfEachDomain() {
        MariaDbGtidList list = MariaDbGtidList.parse("1-2-5, 0-1-100");
        assertThat(list.toString()).isEqualTo("0-1-100,1-2-5");
        list.add("0-7-101");
        assertThat(list.toString()).isEqualTo("0-7-101,1-2-5");
        assertThat(list.contains("0-1-101")).isTrue();
        assertThat(list.contains("0-1-102")).isFalse();
        assertThat(list.contains("9-1-1")).isFalse();
        assertThatThrownBy(() -> MariaDbGtidList.parse("0-1")).isInstanceOf(IllegalArgumentException.class);
    }
}
