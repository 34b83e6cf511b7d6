package dev.sluice.benchmarks.measure;

import dev.sluice.testsupport.process.CpuTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The processor seconds that named processes have used up to one moment. */
public record Costs(Map<String, Double> seconds) {
    /** Looks now; a process that is not ours or not running is left out. */
    public static Costs of(Map<String, OptionalLong> processes) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, pid) ->
                pid.ifPresent(id -> seconds.put(name, CpuTime.ofFamily(id).toMillis() / 1000.0)));
        return new Costs(seconds);
    }

    public Costs since(Costs before) {
        Map<String, Double> difference = new LinkedHashMap<>();
        seconds.forEach((name, value) -> difference.put(name, value - before.seconds.getOrDefault(name, 0.0)));
        return new Costs(difference);
    }

    /** What they would be for another amount of work, rounded. */
    public Map<String, Double> times(double factor) {
        Map<String, Double> scaled = new LinkedHashMap<>();
        seconds.forEach((name, value) -> scaled.put(name, Result.rounded(value * factor)));
        return scaled;
    }

    /** The most memory a process has had resident so far, in MB (proc_pid_status(5), VmHWM). */
    public static long peakMegabytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("no process " + pid, e);
        }
    }
}
