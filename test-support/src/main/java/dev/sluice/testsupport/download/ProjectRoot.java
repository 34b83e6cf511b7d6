package dev.sluice.testsupport.download;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The project's directory: the nearest one above the working directory that holds {@code mvnw}. */
public final class ProjectRoot {
    private ProjectRoot() {}

    /** Falls back on the working directory when there is no {@code mvnw} above it. */
    public static Path find() {
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path p = start; p != null; p = p.getParent()) {
            if (Files.exists(p.resolve("mvnw"))) {
                return p;
            }
        }
        return start;
    }
}
