package dev.sluice.testsupport.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a command into a session of its own, so that Ctrl-C in a terminal reaches this JVM only, which then stops its
 * children in order.
 */
final class OwnSession {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final boolean AVAILABLE = Files.isExecutable(SETSID);

    private OwnSession() {}

    /** The process keeps the pid it was started with: setsid forks only when it leads a group already. */
    static List<String> of(List<String> command) {
        if (!AVAILABLE) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(command.size() + 1);
        wrapped.add(SETSID.toString());
        wrapped.addAll(command);
        return wrapped;
    }
}
