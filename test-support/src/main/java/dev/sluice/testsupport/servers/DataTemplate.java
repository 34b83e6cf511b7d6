package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A new data directory takes seconds to make: it is made once, kept in the cache, and copied for every server. */
final class DataTemplate {
    /** Makes a directory named {@code data} inside of the given one. */
    @FunctionalInterface
    interface Initialization {
        void run(Path directory) throws IOException;
    }

    private DataTemplate() {}

    static void copy(ServerCache cache, String name, Path target, Initialization initialization) throws IOException {
        Path template = cache.entry(name, (directory, lasting) -> {
            initialization.run(directory);
            // the server's identity: every copy must get its own
            Files.deleteIfExists(directory.resolve("data/auto.cnf"));
        });
        Path source = template.resolve("data");
        Path unfinished = target.resolveSibling("data.unfinished");
        ChildProcess.deleteDirectory(unfinished);
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, unfinished.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
