package dev.sluice.change.config;

import static dev.sluice.change.config.Examples.CACHED;
import static dev.sluice.change.config.Examples.ORDERS;
import static dev.sluice.change.config.Examples.configuration;
import static dev.sluice.change.config.Examples.pipeline;
import static dev.sluice.change.config.Examples.withColumns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationCodecTest {
    @Test
    void readsBackWhatItWrote() {
        Configuration written = configuration(
                pipeline("copy", "a", "b", ORDERS),
                pipeline("named", "b", "a", withColumns(List.of("id", "x"), List.of(), Map.of("x", "y"))),
                pipeline("cache", "a", "r", CACHED),
                new Pipeline(
                        "ruled",
                        "a",
                        "b",
                        Pipeline.DesiredState.PAUSED,
                        1,
                        8,
                        List.of(ORDERS),
                        new ApplyRules(null, ApplyRules.BadRows.PARK, 5, null, null, ApplyRules.MissingRows.IGNORE)));
        assertThat(ConfigurationCodec.decode(ConfigurationCodec.encode(written)))
                .isEqualTo(written);
    }

    @Test
    void writesDurationsAsIso8601() {
        String json = new String(
                ConfigurationCodec.encode(configuration(pipeline("cache", "a", "r", CACHED))), StandardCharsets.UTF_8);
        assertThat(json).contains("\"ttl\":\"PT1H\"").contains("\"logMaxAge\":\"PT168H\"");
    }

    @Test
    void namesAnUnknownKeyWithItsPath() {
        InvalidConfiguration refusal = refusal(
                "{'version':1,'dataSources':[],'channels':[{'name':'c','pipelines':[{'generation':1,'partitions':1,'sauce':'a'}]}]}");
        assertThat(refusal.field()).isEqualTo("channels[0].pipelines[0].sauce");
        assertThat(refusal).hasMessageContaining("unknown key 'sauce'").hasMessageContaining("source, state, target");
    }

    @Test
    void namesAWrongWordWithThoseThatAreRight() {
        InvalidConfiguration refusal = refusal("{'version':1,'dataSources':[{'name':'a','kind':'POSTGRES'}]}");
        assertThat(refusal.field()).isEqualTo("dataSources[0].kind");
        assertThat(refusal).hasMessageContaining("use one of MYSQL, MARIADB, ORACLE, REDIS");
    }

    @Test
    void namesANumberThatIsMissing() {
        assertThat(refusal("{'dataSources':[],'channels':[]}")).hasMessage("version: is missing; give a value");
    }

    @Test
    void saysWhereTheTextIsNoJson() {
        assertThatThrownBy(() -> decode("{'version':1,'dataSources':[}"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("is not JSON")
                .hasMessageContaining("line 1");
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(() -> decode("")).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> decode("null")).isInstanceOf(InvalidConfiguration.class);
    }

    private static InvalidConfiguration refusal(String json) {
        return catchThrowableOfType(InvalidConfiguration.class, () -> decode(json));
    }

    private static Configuration decode(String json) {
        return ConfigurationCodec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
