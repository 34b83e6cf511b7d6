package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where one server keeps its data, log and credentials. */
record WorkDirectory(Path path, boolean temporary) {
    static WorkDirectory open(Optional<Path> given, String kind) throws IOException {
        if (given.isPresent()) {
            return new WorkDirectory(Files.createDirectories(given.get()), false);
        }
        return new WorkDirectory(ChildProcess.temporaryDirectory("sluice-" + kind + "-"), true);
    }

    /** Writes a file that only the owner can read. */
    Path secretFile(String name, String content) throws IOException {
        Path file = path.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    /** The password of this server's administrator: drawn at the first start and kept beside the data. */
    String password() throws IOException {
        Path file = path.resolve("password");
        if (!Files.exists(file)) {
            secretFile("password", RandomText.password());
        }
        return Files.readString(file).strip();
    }

    /** A socket's path may have about 107 characters only. */
    Path socket(int port) {
        Path here = path.resolve("s");
        return here.toString().length() < 100
                ? here
                : Path.of(System.getProperty("java.io.tmpdir"), "sluice-" + port + ".sock");
    }

    void close() throws IOException {
        if (temporary) {
            ChildProcess.deleteDirectory(path);
        }
    }
}
