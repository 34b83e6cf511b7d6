package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExecutedGtidsTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void isTheSetThatAddingOneByOneGives() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            GtidSet expected = GtidSet.parse(A + ":5-7," + B + ":2:9,");
            ExecutedGtids executed = ExecutedGtids.parse(expected.toString(), false);
            long[] next = {1, 1, 1};
            String[] prefixes = {A + ":", B + ":", A + ":tag:"};
            for (int i = 0; i < 40; i++) {
                int which = random.nextInt(8) == 0 ? random.nextInt(3) : i / 20;
                String gtid = prefixes[which] + next[which];
                next[which] += random.nextInt(10) == 0 ? 2 : 1;
                assertThat(executed.contains(gtid)).as(gtid).isEqualTo(expected.contains(gtid));
                executed.add(gtid);
                expected.add(gtid);
                assertThat(executed.contains(gtid)).isTrue();
                if (random.nextInt(4) == 0) {
                    assertThat(executed.text()).isEqualTo(expected.toString());
                }
            }
            assertThat(executed.text()).isEqualTo(expected.toString());
        }
    }

    @Test
    void ofMariaDbItIsTheLastOfEachDomain() {
        ExecutedGtids executed = ExecutedGtids.parse("0-1-100", true);
        assertThat(executed.contains("0-1-101")).isFalse();
        executed.add("1-2-5");
        executed.add("0-2-101");
        assertThat(executed.text()).isEqualTo("0-2-101,1-2-5");
        assertThat(executed.contains("0-1-101")).isTrue();
    }
}
