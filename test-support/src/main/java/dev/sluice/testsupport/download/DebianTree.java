package dev.sluice.testsupport.download;

import dev.sluice.testsupport.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Packages of a Debian suite with all that they need, libc too, unpacked into a private directory: no root, nothing
 * installed, no matter which suite the machine itself runs. Needs apt-get and dpkg on the machine.
 */
public record DebianTree(Path root) {
    public static DebianTree of(String suite, List<String> packages, ServerCache cache, Consumer<String> says)
            throws IOException {
        String name = "debian-" + suite + "-" + packages.get(0);
        Path entry = cache.entry(name, (directory, lasting) -> {
            says.accept(packages.get(0) + ": downloading from Debian " + suite);
            fetch(suite, packages, directory, lasting);
        });
        if (!Files.readString(entry.resolve("built-for")).equals(entry.toString())) {
            throw new IOException(
                    entry + " was moved and cannot run from there; delete it, so that it is fetched anew");
        }
        return new DebianTree(entry.resolve("root"));
    }

    private static void fetch(String suite, List<String> packages, Path directory, Path lasting) throws IOException {
        Path script = directory.resolve("debian-tree.sh");
        try (InputStream in = Objects.requireNonNull(DebianTree.class.getResourceAsStream("debian-tree.sh"))) {
            Files.copy(in, script);
        }
        var command =
                new ArrayList<>(List.of("bash", script.toString(), suite, directory.toString(), lasting.toString()));
        command.addAll(packages);
        ChildProcess.run(command, Map.of("LC_ALL", "C"), directory.resolve("fetch.log"), Duration.ofMinutes(10));
        Files.writeString(directory.resolve("built-for"), lasting.toString());
    }

    /** How to run one of the tree's programs: through the tree's own loader, which finds the tree's libraries. */
    public List<String> command(String program) throws IOException {
        return List.of(
                only("lib64", "ld-linux-*").toString(),
                "--library-path",
                only("usr/lib", "*-linux-gnu").toString(),
                root.resolve(program).toString());
    }

    /** The one entry of a folder whose name fits. */
    public Path only(String folder, String pattern) throws IOException {
        try (var found = Files.newDirectoryStream(root.resolve(folder), pattern)) {
            for (Path path : found) {
                return path;
            }
        }
        throw new IOException("no " + pattern + " in " + root.resolve(folder));
    }
}
