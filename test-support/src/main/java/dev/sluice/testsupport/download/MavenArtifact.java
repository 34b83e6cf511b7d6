package dev.sluice.testsupport.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A jar of the Maven registry, taken from the local repository if it is there and else downloaded and checked against its
 * SHA-1. The registry is {@code $SLUICE_MAVEN_REPO} or the system property {@code sluice.maven.repo}, by default Maven Central.
 */
public record MavenArtifact(String group, String name, String version) {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

    private String path() {
        return "%s/%s/%s/%s-%s.jar".formatted(group.replace('.', '/'), name, version, name, version);
    }

    /** The jar in the local Maven repository, or a copy downloaded to {@code target}. */
    public Path locate(Path target, Consumer<String> says) throws IOException {
        Path local =
                Path.of(System.getProperty("user.home"), ".m2", "repository").resolve(path());
        if (Files.isRegularFile(local)) {
            return local;
        }
        String registry =
                System.getProperty("sluice.maven.repo", System.getenv().getOrDefault("SLUICE_MAVEN_REPO", CENTRAL));
        URI uri = URI.create(registry.replaceAll("/+$", "") + "/" + path());
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        try {
            String expected = get(client, URI.create(uri + ".sha1"), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip()
                    .split("\\s+")[0];
            HttpResponse<InputStream> response = get(client, uri, HttpResponse.BodyHandlers.ofInputStream());
            long size = response.headers().firstValueAsLong("content-length").orElse(-1);
            says.accept("%s %s: downloading %d MB from %s".formatted(name, version, size / 1_000_000, uri.getHost()));
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            try (InputStream in = response.body();
                    var out = Files.newOutputStream(target)) {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    out.write(buffer, 0, n);
                }
            }
            String actual = HexFormat.of().formatHex(digest.digest());
            if (!actual.equals(expected.toLowerCase(Locale.ROOT))) {
                throw new IOException(uri + ": SHA-1 is " + actual + " but the registry says " + expected);
            }
            return target;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while downloading " + uri, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> HttpResponse<T> get(HttpClient client, URI uri, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpResponse<T> response = client.send(HttpRequest.newBuilder(uri).build(), handler);
        if (response.statusCode() != 200) {
            throw new IOException(uri + " answered " + response.statusCode()
                    + "; set SLUICE_MAVEN_REPO to a registry that has it, or give a server by URL");
        }
        return response;
    }
}
