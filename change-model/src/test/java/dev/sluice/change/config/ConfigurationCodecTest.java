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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationCodecTest {
    @Test
    void readsBackWhatItWrote() {
        Configuration written = configuration(
                pipeline("copy", "a", "b", ORDERS),
                pipeline(
                        "merged",
                        "a",
                        "b",
                        Examples.mapping("shop", "orders_?", null, "orders")
                                .withSet(List.of(
                                        new SetColumn("shard", "{table}", true),
                                        SetColumn.computed("name", "UPPER(a)")))),
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
                        new ApplyRules(ApplyRules.BadRow.PARK, 5, null, ApplyRules.MissingRow.COUNT)));
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
        assertThat(refusal).hasMessageContaining("use one of MYSQL, MARIADB, POSTGRESQL, ORACLE, REDIS");
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

    @Test
    void aSourceWithoutAnIdGetsOneThatStays() {
        CaptureSettings derived = CaptureSettings.fromNow();
        assertThat(derived.replicaId("orders"))
                .isEqualTo(1_966_079_470L)
                .isNotEqualTo(derived.replicaId("customers"))
                .isBetween(0x7000_0000L, 0x7fff_ffffL);
        CaptureSettings given = new CaptureSettings(derived.start(), 12, 1, Duration.ofDays(1));
        assertThat(given.replicaId("orders")).isEqualTo(12);
    }

    @Test
    void positionsAndServersAreReadBack() {
        CaptureSettings capture = CaptureSettings.fromNow()
                .withStart(CaptureSettings.StartPosition.at(Instant.parse("2026-11-21T09:30:00.5Z")))
                .withReset(new PositionReset(3, CaptureSettings.StartPosition.NOW))
                .withServers(new SourceServers(List.of(new ServerAddress("b", 3307)), SourceServers.Role.REPLICA));
        Configuration written =
                new Configuration(1, List.of(Examples.withCapture(Examples.mysql("a"), capture)), List.of());
        byte[] json = ConfigurationCodec.encode(written);
        assertThat(ConfigurationCodec.decode(json)).isEqualTo(written);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("2026-11-21T09:30:00.5");
    }
}
