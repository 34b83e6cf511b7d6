package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.DebianTree;
import dev.sluice.testsupport.download.ServerCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An unpacked RabbitMQ and its Erlang.
 *
 * @param home the directory named {@code rabbitmq_server-<version>}
 * @param erlang the directory of {@code erl} and {@code epmd}, when it is not on the PATH already
 */
record RabbitMqInstallation(Path home, Optional<Path> erlang) {
    private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");

    /** RabbitMQ 4.0 from Debian trixie; where that cannot be had, what is installed on the machine. */
    static RabbitMqInstallation find(ServerCache cache, Consumer<String> says) throws IOException {
        try {
            DebianTree tree = DebianTree.of("trixie", List.of("rabbitmq-server", "patchelf"), cache, says);
            return new RabbitMqInstallation(
                    tree.only("usr/lib/rabbitmq/lib", "rabbitmq_server-*"),
                    Optional.of(tree.root().resolve("usr/lib/erlang/bin")));
        } catch (IOException e) {
            return installed()
                    .map(installation -> {
                        says.accept("RabbitMQ 4: not to be had (" + e.getMessage() + "); using the installed "
                                + installation.version());
                        return installation;
                    })
                    .orElseThrow(() -> new IOException(
                            "RabbitMQ can be neither fetched (" + e.getMessage()
                                    + ") nor found; start Docker, or give one by SLUICE_RABBITMQ_URL",
                            e));
        }
    }

    private static Optional<RabbitMqInstallation> installed() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (var found = Files.newDirectoryStream(INSTALLED, "rabbitmq_server-*")) {
            for (Path home : found) {
                return Optional.of(new RabbitMqInstallation(home, Optional.empty()));
            }
        }
        return Optional.empty();
    }

    String version() {
        return home.getFileName().toString().replace("rabbitmq_server-", "");
    }

    String program(String name) {
        return home.resolve("sbin").resolve(name).toString();
    }

    String epmd() {
        return erlang.map(bin -> bin.resolve("epmd").toString()).orElse("epmd");
    }

    Map<String, String> environment() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Map.of(
                "RABBITMQ_HOME",
                home.toString(),
                "PATH",
                erlang.map(bin -> bin + ":" + path).orElse(path));
    }
}
