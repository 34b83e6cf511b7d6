package dev.sluice.admin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({
        "8.0.15,MySQL 8.0.15",
        "9.7.4-1+b1,MySQL 9.7.4",
        "5.5.5-10.11.5-MariaDB-log,MariaDB 10.11.5",
        "11.4.5-MariaDB,MariaDB 11.4.5",
        "strange,MySQL 0.0.0",
    })
    void readsWhatServersSay(String version, String read) {
        assertThat(ServerVersion.parse(version)).hasToString(read);
    }

    @Test
    void comparesNumbersNotText() {
        ServerVersion version = ServerVersion.parse("10.11.5-MariaDB");
        assertThat(version.atLeast(10, 5, 0)).isTrue();
        assertThat(version.atLeast(10, 11, 5)).isTrue();
        assertThat(version.atLeast(10, 11, 6)).isFalse();
        assertThat(version.atLeast(11, 0, 0)).isFalse();
        assertThat(version.atLeast(9, 99, 99)).isTrue();
    }
}
