package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.ServerCache;
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
import java.util.OptionalLong;

/**
 * A real MySQL server, ready to be a source: row binlog with full metadata, GTIDs, UTC, packets up to 1 GB. Commits are
 * durable (mysqld's defaults), so that {@link #kill9} loses none. Thread-safe.
 */
public final class MySqlServer implements DatabaseServer {
    static final String ADMINISTRATOR = "sluice";

    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final Lifecycle lifecycle;
    private final String version;

    private MySqlServer(String host, int port, String user, String password, Lifecycle lifecycle) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.lifecycle = lifecycle;
        this.version = ServerVersion.of(this);
    }

    /** The server given by {@code SLUICE_<NAME>_URL}, else {@link #start}. */
    public static MySqlServer obtain(String name, MySqlVersion version, ServerOptions options) {
        return GivenUrl.of(name)
                .map(given -> new MySqlServer(
                        given.host(), given.port(3306), given.user(), given.password(), new External(given.setting())))
                .orElseGet(() -> start(version, options));
    }

    /** A server of our own: a container where Docker is, else a process. */
    public static MySqlServer start(MySqlVersion version, ServerOptions options) {
        int port = options.port() == 0 ? FreePorts.one() : options.port();
        try {
            if (Docker.isUsable()) {
                String password = RandomText.password();
                return new MySqlServer(
                        "127.0.0.1",
                        port,
                        "root",
                        password,
                        Docker.mysql(version, port, password, arguments(port, options)));
            }
            return startProcess(version, options, port);
        } catch (IOException e) {
            throw new ServerStartException("MySQL " + version.number() + ": " + e.getMessage(), e);
        }
    }

    /** Whether this version can be had here and now; fetches it if need be. */
    public static boolean isAvailable(MySqlVersion version) {
        try {
            if (!Docker.isUsable()) {
                MySqlInstallation.of(
                        version,
                        ServerCache.standard(),
                        ServerOptions.defaults().says());
            }
            return true;
        } catch (IOException | ServerStartException e) {
            ServerOptions.defaults()
                    .says()
                    .accept("MySQL " + version.number() + " is not to be had: " + e.getMessage());
            return false;
        }
    }

    private static MySqlServer startProcess(MySqlVersion version, ServerOptions options, int port) throws IOException {
        ServerCache cache = ServerCache.standard();
        MySqlInstallation installation = MySqlInstallation.of(version, cache, options.says());
        WorkDirectory work = WorkDirectory.open(options.directory(), "mysql");
        String password = work.password();
        Path data = work.path().resolve("data");
        if (!Files.exists(data)) {
            String template = "mysql-" + version.number() + "-data";
            DataTemplate.copy(cache, template, data, directory -> initialize(installation, directory));
        }
        List<String> command = new ArrayList<>(installation.command());
        command.addAll(List.of(
                "--datadir=" + data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + work.socket(port),
                "--pid-file=" + work.path().resolve("mysqld.pid"),
                "--init-file=" + work.secretFile("accounts.sql", accounts(password))));
        command.addAll(arguments(port, options));
        String url = "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
        LocalProcess process = LocalProcess.start(new LocalProcess.Launch(
                "MySQL " + version.number(),
                "127.0.0.1:" + port,
                command,
                installation.environment(),
                work,
                () -> {
                    try (Connection connection = DriverManager.getConnection(url, ADMINISTRATOR, password)) {
                        return connection.isValid(10);
                    }
                },
                options.says()));
        return new MySqlServer("127.0.0.1", port, ADMINISTRATOR, password, process);
    }

    private static List<String> arguments(int port, ServerOptions options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--loose-mysqlx=OFF",
                "--server-id=" + port,
                "--log-bin=mysql-bin",
                "--binlog-format=ROW",
                "--loose-binlog-row-metadata=FULL",
                "--gtid-mode=ON",
                "--enforce-gtid-consistency=ON",
                // small, for there may be many servers on one machine; the second name is that of 8.0.30 and later
                "--loose-innodb-log-file-size=16M",
                "--loose-innodb-redo-log-capacity=32M",
                "--max-allowed-packet=1G",
                "--default-time-zone=+00:00"));
        arguments.addAll(options.settings());
        return arguments;
    }

    private static void initialize(MySqlInstallation installation, Path directory) throws IOException {
        List<String> command = new ArrayList<>(installation.command());
        command.addAll(List.of(
                "--datadir=" + directory.resolve("data"),
                "--initialize-insecure",
                "--skip-log-bin",
                "--loose-innodb-log-file-size=16M",
                "--loose-innodb-redo-log-capacity=32M"));
        ChildProcess.run(
                command, installation.environment(), directory.resolve("initialize.log"), Duration.ofMinutes(5));
    }

    /** Run by mysqld at every start before it listens, and not written to the binlog. */
    private static String accounts(String password) {
        return """
                SET SESSION sql_log_bin=0;
                ALTER USER 'root'@'localhost' IDENTIFIED BY '%2$s';
                CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
                GRANT ALL PRIVILEGES ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
                """.formatted(ADMINISTRATOR, password);
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
