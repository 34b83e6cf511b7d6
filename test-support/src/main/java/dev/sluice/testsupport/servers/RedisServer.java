package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.MavenArtifact;
import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.download.Unpacking;
import dev.sluice.testsupport.process.ChildProcess;
import dev.sluice.testsupport.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A real Redis server with a password. It keeps nothing over a restart unless {@code appendonly yes} is among its settings.
 * Thread-safe.
 */
public final class RedisServer implements AutoCloseable {
    private static final MavenArtifact ARTIFACT =
            new MavenArtifact("com.github.codemonstur", "embedded-redis", "1.4.4");

    private final String host;
    private final int port;
    private final String password;
    private final Lifecycle lifecycle;

    private RedisServer(String host, int port, String password, Lifecycle lifecycle) {
        this.host = host;
        this.port = port;
        this.password = password;
        this.lifecycle = lifecycle;
    }

    /** The server given by {@code SLUICE_<NAME>_URL}, else {@link #start}. */
    public static RedisServer obtain(String name, ServerOptions options) {
        return GivenUrl.of(name)
                .map(given -> new RedisServer(
                        given.host(), given.port(6379), given.password(), new External(given.setting())))
                .orElseGet(() -> start(options));
    }

    /** A server of our own: a container where Docker is, else a process. */
    public static RedisServer start(ServerOptions options) {
        int port = options.port() == 0 ? FreePorts.one() : options.port();
        try {
            if (Docker.isUsable()) {
                String password = RandomText.password();
                return new RedisServer("127.0.0.1", port, password, Docker.redis(port, password, options.settings()));
            }
            return startProcess(options, port);
        } catch (IOException e) {
            throw new ServerStartException("Redis: " + e.getMessage(), e);
        }
    }

    private static RedisServer startProcess(ServerOptions options, int port) throws IOException {
        String program = program(ServerCache.standard(), options.says());
        WorkDirectory work = WorkDirectory.open(options.directory(), "redis");
        String password = work.password();
        List<String> lines = new ArrayList<>(List.of(
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + password,
                "dir \"" + work.path() + "\"",
                "save \"\"",
                "appendonly no"));
        lines.addAll(options.settings());
        Path configuration = work.secretFile("redis.conf", String.join("\n", lines) + "\n");
        LocalProcess process = LocalProcess.start(new LocalProcess.Launch(
                "Redis",
                "127.0.0.1:" + port,
                List.of(program, configuration.toString()),
                Map.of(),
                work,
                () -> isUp("127.0.0.1", port, password),
                options.says()));
        return new RedisServer("127.0.0.1", port, password, process);
    }

    static boolean isUp(String host, int port, String password) throws IOException {
        try (RedisConnection connection = RedisConnection.open(host, port, password)) {
            return "PONG".equals(connection.command("PING"));
        }
    }

    /** Version 6.2 out of a jar; where that does not run, what is on the PATH. */
    private static String program(ServerCache cache, Consumer<String> says) throws IOException {
        String binary = System.getProperty("os.arch").equals("aarch64")
                ? "redis-server-6.2.7-linux-arm64"
                : "redis-server-6.2.6-v5-linux-amd64";
        Path home = cache.unpacked("redis-6.2", ARTIFACT, says, (jar, directory) -> {
            Path target = directory.resolve("redis-server");
            Unpacking.file(jar, binary, target);
            Unpacking.makeExecutable(target);
        });
        String unpacked = home.resolve("redis-server").toString();
        return runs(unpacked) ? unpacked : "redis-server";
    }

    private static boolean runs(String program) throws IOException {
        Path log = Files.createTempFile("sluice-redis-version", ".log");
        try {
            return ChildProcess.start(List.of(program, "--version"), Map.of(), ChildProcess.folderOf(log), log)
                    .exitsWithin(Duration.ofSeconds(30));
        } finally {
            Files.delete(log);
        }
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    /** {@code redis://:password@host:port}. */
    public String url() {
        return "redis://:" + password + "@" + host + ":" + port;
    }

    /** A simple connection for preparing and checking; a product test uses the product's own client. */
    public RedisConnection connect() throws IOException {
        return RedisConnection.open(host, port, password);
    }

    /** SIGKILL; refused for a server given by URL. */
    public void kill9() {
        lifecycle.kill9();
    }

    /** Stops in good order. */
    public void stop() {
        lifecycle.stop();
    }

    /** Starts again on the same port; stops first when running. */
    public void restart() {
        lifecycle.restart();
    }

    /** The server's process, when it is a running one of ours. */
    public OptionalLong pid() {
        return lifecycle.pid();
    }

    @Override
    public void close() {
        lifecycle.close();
    }
}
