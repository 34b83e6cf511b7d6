package dev.sluice.testsupport.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchdogIT {
    /** Started as a JVM of its own: starts two children and a temporary directory, names them and sleeps. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            Path directory = ChildProcess.temporaryDirectory("sluice-parent-");
            Path removed = ChildProcess.temporaryDirectory("sluice-parent-");
            ChildProcess.deleteDirectory(removed);
            ChildProcess plain =
                    ChildProcess.start(List.of("sleep", "600"), Map.of(), directory, directory.resolve("log"));
            ChildProcess family = ChildProcess.start(
                    List.of("sh", "-c", "sleep 600 & wait"), Map.of(), directory, directory.resolve("log"));
            ChildProcess ended = ChildProcess.start(List.of("true"), Map.of(), directory, directory.resolve("log"));
            ended.awaitExit(Duration.ofSeconds(30));
            ProcessHandle handle = ProcessHandle.of(family.pid()).orElseThrow();
            while (handle.descendants().findAny().isEmpty()) {
                Thread.onSpinWait();
            }
            System.out.println(directory);
            System.out.println(plain.pid());
            System.out.println(family.pid());
            System.out.println(handle.descendants().findAny().orElseThrow().pid());
            System.out.flush();
            Thread.sleep(600_000);
        }
    }

    @Test
    void childrenAndTheirTemporaryFilesGoWithAJvmThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(jvm.getInputStream()))) {
            Path directory = Path.of(out.readLine());
            List<ProcessHandle> children = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                children.add(ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow());
            }
            assertThat(children).allMatch(ProcessHandle::isAlive);

            jvm.destroyForcibly();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
            await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(directory));
        } finally {
            jvm.destroyForcibly();
        }
    }
}
