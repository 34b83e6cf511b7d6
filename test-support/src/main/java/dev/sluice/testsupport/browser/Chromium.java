package dev.sluice.testsupport.browser;

import dev.sluice.testsupport.download.DebianTree;
import dev.sluice.testsupport.download.ServerCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Chromium without a window.
 *
 * @param environment what it needs beside the environment of this process
 */
public record Chromium(Path program, Map<String, String> environment) {
    /** It never asks the internet for anything, and runs as root too, where its sandbox cannot. */
    public static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final List<Path> INSTALLED = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    /** Debian's, fetched once; where that cannot be had, an installed one; empty if there is none either. */
    public static Optional<Chromium> find(ServerCache cache, Consumer<String> says) {
        try {
            DebianTree tree = DebianTree.of(
                    "trixie", List.of("chromium-headless-shell", "fonts-dejavu-core", "patchelf"), cache, says);
            Path libraries = tree.only("usr/lib", "*-linux-gnu");
            return Optional.of(new Chromium(
                    tree.root().resolve("usr/lib/chromium/chromium-headless-shell"),
                    Map.of(
                            "LD_LIBRARY_PATH",
                            libraries + ":" + libraries.resolve("pulseaudio"),
                            "FONTCONFIG_PATH",
                            tree.root().resolve("etc/fonts").toString())));
        } catch (IOException e) {
            says.accept("Chromium: not to be had (" + e.getMessage() + "); looking for an installed one");
            return INSTALLED.stream().filter(Files::isExecutable).findFirst().map(path -> new Chromium(path, Map.of()));
        }
    }
}
