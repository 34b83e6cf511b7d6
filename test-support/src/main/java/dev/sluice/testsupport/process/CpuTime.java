package dev.sluice.testsupport.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The processor time a process has used, user and system, from {@code /proc/<pid>/stat} (proc_pid_stat(5)), in steps of
 * 10 ms.
 */
public final class CpuTime {
    // USER_HZ, which Linux fixes at 100 for all programs on the architectures the servers exist for
    private static final int TICKS_PER_SECOND = 100;
    private static final int UTIME = 14;

    private CpuTime() {}

    /** Of one process with all its threads and with those children that have ended and were waited for. */
    public static Duration of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // the second field is the program's name in parentheses and may hold anything
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = UTIME; field < UTIME + 4; field++) {
                ticks += Long.parseLong(fields[field - 3]);
            }
            return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException("no process " + pid, e);
        }
    }

    /** Of the process and everything that it started and that still runs, as an Erlang machine does. */
    public static Duration ofFamily(long pid) {
        Duration sum = of(pid);
        for (ProcessHandle descendant : ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .toList()) {
            if (descendant.isAlive()) {
                sum = sum.plus(of(descendant.pid()));
            }
        }
        return sum;
    }
}
