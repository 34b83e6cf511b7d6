package dev.sluice.testsupport.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
    @Test
    void growsByWhatAThreadBurns() {
        long pid = ProcessHandle.current().pid();
        var threads = ManagementFactory.getThreadMXBean();
        Duration before = CpuTime.of(pid);
        long start = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - start
                < Duration.ofMillis(300).toNanos()) {
            Thread.onSpinWait();
        }
        assertThat(CpuTime.of(pid).minus(before)).isGreaterThanOrEqualTo(Duration.ofMillis(280));
        assertThat(CpuTime.ofFamily(pid)).isGreaterThanOrEqualTo(CpuTime.of(pid).minusMillis(20));
    }
}
