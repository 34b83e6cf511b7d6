package dev.sluice.testsupport.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One running program with its output in a log file. It dies with this JVM, however that ends. Thread-safe.
 */
public final class ChildProcess {
    private static final int TAIL = 4000;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the command with {@code environment} added to this JVM's own; output and errors are appended to {@code log}. */
    public static ChildProcess start(List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(OwnSession.of(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Watchdog.killWithThisJvm(process.pid());
        return new ChildProcess(process, log);
    }

    /** The folder a file lies in. */
    public static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    /** Runs a command to its end and gives its output; fails with the end of that output unless it exits with 0. */
    public static String run(List<String> command, Map<String, String> environment, Path log, Duration limit)
            throws IOException {
        long from = Files.exists(log) ? Files.size(log) : 0;
        ChildProcess child = start(command, environment, folderOf(log), log);
        if (!child.awaitExit(limit)) {
            child.kill9();
            throw new IOException(command.get(0) + " did not end within " + limit + ": " + child.logTail());
        }
        if (child.process.exitValue() != 0) {
            throw new IOException(command.get(0) + " ended with " + child.process.exitValue() + ": " + child.logTail());
        }
        byte[] all = Files.readAllBytes(log);
        return new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8);
    }

    /** A directory that is deleted with this JVM, however that ends. */
    public static Path temporaryDirectory(String prefix) throws IOException {
        Path directory = Files.createTempDirectory(prefix);
        Watchdog.removeWithThisJvm(directory);
        return directory;
    }

    /** Deletes a directory and what is in it; a missing one is fine. */
    public static void deleteDirectory(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> all;
            try (var walk = Files.walk(directory)) {
                all = new ArrayList<>(walk.toList());
            }
            for (int i = all.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(all.get(i));
            }
        }
        Watchdog.keep(directory);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The end of the log, for messages. */
    public String logTail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL));
            byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** SIGKILL to the process and everything it started; returns when all of them are gone. */
    public void kill9() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(30));
        endAll(family);
    }

    /** SIGTERM, and SIGKILL after {@code patience}; says whether the process ended by itself. */
    public boolean stop(Duration patience) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        boolean willing = awaitExit(patience);
        if (!willing) {
            kill9();
        }
        endAll(family);
        return willing;
    }

    private static void endAll(List<ProcessHandle> family) {
        for (ProcessHandle descendant : family) {
            descendant.destroyForcibly();
            descendant
                    .onExit()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .exceptionally(e -> descendant)
                    .join();
        }
    }

    /** Waits for the end and says whether it came in time and with exit code 0. */
    public boolean exitsWithin(Duration limit) {
        boolean ended = awaitExit(limit);
        if (!ended) {
            kill9();
        }
        return ended && process.exitValue() == 0;
    }

    /** Waits for the end; false when it does not come within {@code limit}. */
    public boolean awaitExit(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                Watchdog.spare(process.pid());
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return false;
        }
    }
}
