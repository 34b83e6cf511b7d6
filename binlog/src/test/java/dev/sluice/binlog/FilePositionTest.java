package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilePositionTest {
    @Test
    void placesAreInTheOrderOfTheLogAlsoBeyondSixDigits() {
        List<FilePosition> log = List.of(
                new FilePosition("", 0),
                new FilePosition("mysql-bin.000009", 400),
                new FilePosition("mysql-bin.999999", 4),
                new FilePosition("mysql-bin.999999", 5_000_000_000L),
                new FilePosition("mysql-bin.1000000", 4));
        assertThat(Stream.of(4, 1, 3, 0, 2).map(log::get).sorted()).containsExactlyElementsOf(log);
    }
}
