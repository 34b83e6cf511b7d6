package dev.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkArchitectureTest {
    @Test
    void onlyTheIntakeKnowsTheBrokersClient() throws IOException {
        Path classes = Path.of("target/classes/dev/sluice/sink");
        try (var files = Files.walk(classes)) {
            List<String> knowing = files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> contains(file, "com/rabbitmq/"))
                    .map(file -> classes.relativize(file).getName(0).toString())
                    .distinct()
                    .toList();
            assertThat(knowing).containsExactly("intake");
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
