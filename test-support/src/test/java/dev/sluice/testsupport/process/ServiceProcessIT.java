package dev.sluice.testsupport.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessIT {
    /** A service to the extent that matters here: it answers the health request, or fails at once when told to. */
    static final class Service {
        public static void main(String[] args) throws Exception {
            if ("true".equals(System.getenv("FAIL"))) {
                System.out.println("cannot start: told so");
                System.exit(3);
            }
            int port = Integer.parseInt(System.getenv("MANAGEMENT_SERVER_PORT"));
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
            int[] asked = new int[1];
            server.createContext("/actuator/health", exchange -> {
                byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(asked[0]++ < 2 ? 503 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped in order")));
            server.start();
            System.out.println("started with " + System.getenv("COLOUR"));
        }
    }

    @TempDir
    Path directory;

    private Path jar;

    @BeforeEach
    void makeJar() throws Exception {
        jar = directory.resolve("service.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Service.class.getName());
        String entry = Service.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = Service.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
    }

    private ServiceProcess.Launch launch(Map<String, String> environment) {
        return new ServiceProcess.Launch("service", jar, "64m", environment, directory.resolve("service.log"));
    }

    @Test
    void comesUpSurvivesKill9ByARestartAndStopsInOrder() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(launch(Map.of("COLOUR", "blue")))) {
            service.awaitHealthy(Duration.ofSeconds(60));
            assertThat(service.cpuTime()).isPositive();
            long pid = service.pid().getAsLong();

            service.kill9();
            assertThat(service.isAlive()).isFalse();
            assertThat(Files.readString(service.log()))
                    .contains("started with blue")
                    .doesNotContain("stopped");
            Duration used = service.cpuTime();

            service.restart();
            service.awaitHealthy(Duration.ofSeconds(60));
            assertThat(service.pid().getAsLong()).isNotEqualTo(pid);
            assertThat(service.cpuTime()).isGreaterThan(used);

            assertThat(service.stop()).isTrue();
            assertThat(Files.readString(service.log())).contains("stopped in order");
        }
    }

    @Test
    void tellsAtOnceAndInTheServicesOwnWordsWhyItDoesNotComeUp() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(launch(Map.of("FAIL", "true")))) {
            assertThatThrownBy(() -> service.awaitHealthy(Duration.ofMinutes(10)))
                    .hasMessageContaining("cannot start: told so");
        }
    }

    @Test
    void wantsTheJarToBeBuilt() {
        assertThatThrownBy(() -> ServiceProcess.start(new ServiceProcess.Launch(
                        "capture", directory.resolve("none.jar"), "64m", Map.of(), directory.resolve("log"))))
                .hasMessageContaining("build it first");
    }
}
