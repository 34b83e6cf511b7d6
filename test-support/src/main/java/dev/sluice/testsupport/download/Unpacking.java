package dev.sluice.testsupport.download;

import dev.sluice.testsupport.process.ChildProcess;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Takes single files, whole folders or an inner tar out of a jar. */
public final class Unpacking {
    private Unpacking() {}

    public static void file(Path jar, String entry, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry found = zip.getEntry(entry);
            if (found == null) {
                throw new FileNotFoundException(entry + " is not in " + jar.getFileName());
            }
            try (InputStream in = zip.getInputStream(found)) {
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Copies everything under {@code prefix} and makes it executable: a jar does not keep modes. */
    public static void folder(Path jar, String prefix, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
                    continue;
                }
                Path file = target.resolve(entry.getName().substring(prefix.length()))
                        .normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("entry outside of its folder: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                makeExecutable(file);
            }
        }
    }

    /** Unpacks a compressed tar that lies inside of a jar with the system's tar. */
    public static void innerTar(Path jar, String entry, Path target) throws IOException {
        Path archive = target.resolve("inner.tar");
        file(jar, entry, archive);
        ChildProcess.run(
                List.of("tar", "-xf", archive.toString(), "--no-same-owner", "-C", target.toString()),
                Map.of(),
                target.resolve("tar.log"),
                Duration.ofMinutes(5));
        Files.delete(archive);
        Files.delete(target.resolve("tar.log"));
    }

    public static void makeExecutable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }
}
