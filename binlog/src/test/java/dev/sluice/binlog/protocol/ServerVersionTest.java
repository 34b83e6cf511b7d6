package dev.sluice.binlog.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({
        "8.0.15, false, 8, 0, 15",
        "9.7.4-2, false, 9, 7, 4",
        "26.7.0-commercial, false, 26, 7, 0",
        "26.10, false, 26, 10, 0",
        "5.5.5-10.11.5-MariaDB-log, true, 10, 11, 5",
        "11.4.5-MariaDB, true, 11, 4, 5",
        "8.0.36-28, false, 8, 0, 36"
    })
    void readsFlavourAndNumbers(String text, boolean mariaDb, int major, int minor, int patch) {
        assertThat(ServerVersion.parse(text)).isEqualTo(new ServerVersion(mariaDb, major, minor, patch, text));
    }

    @ParameterizedTest
    @CsvSource({"26.7.0, true", "9.0.0, true", "8.4.0, true", "8.2.0, true", "8.1.9, false", "8.0.40, false"})
    void comparesAsNumbers(String text, boolean renamed) {
        assertThat(ServerVersion.parse(text).atLeast(8, 2, 0)).isEqualTo(renamed);
    }
}
