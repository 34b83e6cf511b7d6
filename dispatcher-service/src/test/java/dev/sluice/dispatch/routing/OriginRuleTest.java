package dev.sluice.dispatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {
    @Test
    void dropsWhatComesFromTheTarget() {
        assertThat(drops("south", "{\"tx\":{\"file\":\"f\",\"offset\":1,\"origin\":\"south\"}}"))
                .isTrue();
        assertThat(drops("sü\"d", "{\"tx\":{\"origin\":\"sü\\\"d\",\"file\":\"f\"}}"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tx\":{\"file\":\"f\",\"offset\":1}}",
                "{\"tx\":{\"origin\":\"southern\"}}",
                "{\"tx\":{\"origin\":\"the south\"}}",
                "{\"tx\":{\"gtid\":\"\\\"origin\\\":\\\"south\\\"\"}}",
                "{\"tx\":{\"gtid\":\"south\"}}",
                "{\"tx\":{\"origin\":\"south",
            })
    void keepsEverythingElse(String line) {
        assertThat(drops("south", line)).isFalse();
    }

    private static boolean drops(String site, String line) {
        byte[] bytes =
                ("{\"commit\":1}\n" + line + "\n{\"tx\":{\"origin\":\"south\"}}").getBytes(StandardCharsets.UTF_8);
        int from = 13;
        return new OriginRule(site).drops(bytes, from, from + line.getBytes(StandardCharsets.UTF_8).length);
    }
}
