package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeThreadsTest {
    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "3,1", "6,4", "64,4"})
    void processorsBeyondTwoDecode(int processors, int threads) {
        assertThat(DecodeThreads.count(null, processors)).isEqualTo(threads);
    }

    @Test
    void theSettingIsTakenWhateverTheProcessors() {
        assertThat(DecodeThreads.count("0", 16)).isZero();
        assertThat(DecodeThreads.count("64", 1)).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "65", "two", "1000"})
    void anotherSettingIsRefusedByName(String setting) {
        assertThatThrownBy(() -> DecodeThreads.count(setting, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("-Dsluice.decodeThreads must be a number from 0 to 64");
    }
}
