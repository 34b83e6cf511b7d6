package dev.sluice.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder for each run, named by its process, so that two demos do not meet; those of ended runs are removed. */
final class RunFolder {
    private RunFolder() {}

    static Path fresh(Path runs) throws IOException {
        Files.createDirectories(runs);
        try (var folders = Files.newDirectoryStream(runs, "[0-9]*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString());
                if (ProcessHandle.of(pid).isEmpty()) {
                    delete(folder);
                }
            }
        }
        return Files.createDirectories(
                runs.resolve(Long.toString(ProcessHandle.current().pid())));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
