package dev.sluice.testsupport.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running server has on this machine: its process, and the temporary directory in which that works. */
record Traces(long pid, Path directory) {
    private static final Pattern DIRECTORY = Pattern.compile(".*/sluice-[a-z]+-\\d+");

    static Traces of(OptionalLong pid) throws IOException {
        String place = workingDirectory(pid.getAsLong());
        Matcher matcher = DIRECTORY.matcher(place);
        assertThat(matcher.lookingAt()).as(place).isTrue();
        return new Traces(pid.getAsLong(), Path.of(matcher.group()));
    }

    /** No process works in the directory any more, and it does not exist. */
    void assertGone() {
        List<Long> left = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            try {
                if (workingDirectory(process.pid()).startsWith(directory.toString())) {
                    left.add(process.pid());
                }
            } catch (IOException ignored) {
                // it ended meanwhile
            }
        }
        assertThat(left).isEmpty();
        assertThat(directory).doesNotExist();
    }

    private static String workingDirectory(long pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
    }
}
