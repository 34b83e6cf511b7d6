package dev.sluice.testsupport.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A small shell process that ends this JVM's children when the JVM is gone, even by {@code kill -9}.
 *
 * <p>It reads its orders from a pipe that only this JVM writes to; the pipe's end means that the JVM has died, and then the
 * process groups and the temporary directories that are still registered go. Thread-safe.
 */
final class Watchdog {
    private static final String SCRIPT = """
            pids= dirs=
            trap '' INT TERM HUP
            while read -r order what; do
              case $order in
                kill) pids="$pids $what " ;;
                spare) pids=$(printf %s "$pids" | sed "s/ $what / /") ;;
                remove) dirs="$dirs$what
            " ;;
                keep) dirs=$(printf %s "$dirs" | grep -Fxv -e "$what"); [ -z "$dirs" ] || dirs="$dirs
            " ;;
              esac
            done
            for pid in $pids; do kill -9 -$pid 2>/dev/null || kill -9 $pid 2>/dev/null; done
            [ -z "$pids" ] || sleep 0.2
            printf %s "$dirs" | while read -r dir; do rm -rf "$dir"; done
            """;

    private static final Watchdog INSTANCE = new Watchdog();

    private final Writer orders;

    private Watchdog() {
        try {
            Process shell = new ProcessBuilder(OwnSession.of(List.of("/bin/sh", "-c", SCRIPT)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            orders = new BufferedWriter(new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start /bin/sh", e);
        }
    }

    static void killWithThisJvm(long pid) {
        INSTANCE.order("kill", Long.toString(pid));
    }

    static void spare(long pid) {
        INSTANCE.order("spare", Long.toString(pid));
    }

    static void removeWithThisJvm(Path directory) {
        INSTANCE.order("remove", directory.toString());
    }

    static void keep(Path directory) {
        INSTANCE.order("keep", directory.toString());
    }

    private synchronized void order(String verb, String what) {
        try {
            orders.write(verb + " " + what + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the watchdog of this JVM's child processes is gone", e);
        }
    }
}
