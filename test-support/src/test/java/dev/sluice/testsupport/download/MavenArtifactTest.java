package dev.sluice.testsupport.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenArtifactTest {
    private static final String FOLDER = "/dev/sluice/nowhere/thing/1.0/";
    private static final MavenArtifact ARTIFACT = new MavenArtifact("dev.sluice.nowhere", "thing", "1.0");

    private final List<String> said = new ArrayList<>();
    private HttpServer registry;

    @TempDir
    Path directory;

    @BeforeEach
    void open() throws Exception {
        registry = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        registry.start();
        System.setProperty(
                "sluice.maven.repo", "http://127.0.0.1:" + registry.getAddress().getPort());
    }

    @AfterEach
    void close() {
        System.clearProperty("sluice.maven.repo");
        registry.stop(0);
    }

    private void serve(Map<String, String> files) {
        files.forEach((name, content) -> registry.createContext(FOLDER + name, exchange -> {
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            boolean exact = exchange.getRequestURI().getPath().equals(FOLDER + name);
            exchange.sendResponseHeaders(exact ? 200 : 404, exact ? body.length : -1);
            if (exact) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        }));
    }

    @Test
    void downloadsAndChecksTheSum() throws Exception {
        // printf hello | sha1sum
        serve(Map.of("thing-1.0.jar", "hello", "thing-1.0.jar.sha1", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d\n"));
        assertThat(ARTIFACT.locate(directory.resolve("jar"), said::add)).hasContent("hello");
        assertThat(said).containsExactly("thing 1.0: downloading 0 MB from 127.0.0.1");
    }

    @Test
    void refusesAFileWithAnotherSum() {
        serve(Map.of("thing-1.0.jar", "hullo", "thing-1.0.jar.sha1", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"));
        assertThatThrownBy(() -> ARTIFACT.locate(directory.resolve("jar"), said::add))
                .hasMessageContaining("SHA-1 is ");
    }

    @Test
    void saysWhatToDoWhenTheRegistryDoesNotHaveIt() {
        assertThatThrownBy(() -> ARTIFACT.locate(directory.resolve("jar"), said::add))
                .hasMessageContaining("answered 404")
                .hasMessageContaining("SLUICE_MAVEN_REPO");
    }
}
