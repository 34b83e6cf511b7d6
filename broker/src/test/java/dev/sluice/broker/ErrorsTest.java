package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
    @ParameterizedTest
    @CsvSource({"memory, 70", "exception, 0"})
    void endsTheProcessWhenAThreadDiesOfAnErrorAndOnlyThen(String of, int exitCode) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName(),
                        of)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(said).contains("thread worker died");
            assertThat(process.exitValue()).as(said).isEqualTo(exitCode);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A service with one thread that dies, beside one that would go on for ever. */
    static final class Dying {
        private Dying() {}

        public static void main(String[] args) {
            Errors.endTheProcess();
            Thread worker = new Thread(
                    () -> {
                        if (args[0].equals("memory")) {
                            throw new OutOfMemoryError("of the test");
                        }
                        throw new IllegalStateException("of the test");
                    },
                    "worker");
            Thread other = new Thread(
                    () -> {
                        while (worker.isAlive() || args[0].equals("memory")) {
                            Thread.onSpinWait();
                        }
                    },
                    "other");
            other.start();
            worker.start();
        }
    }
}
