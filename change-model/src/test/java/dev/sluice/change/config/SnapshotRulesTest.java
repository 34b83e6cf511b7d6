package dev.sluice.change.config;

import static dev.sluice.change.config.Examples.ORDERS;
import static dev.sluice.change.config.Examples.configuration;
import static dev.sluice.change.config.Examples.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotRulesTest {
    private static final Configuration BEFORE =
            configuration(pipeline("there", "a", "b", ORDERS), pipeline("back", "b", "a", ORDERS));

    @Test
    void acceptsPatternsConditionsAndKeys() {
        assertThat(problems(snapshot(
                        "a",
                        "there",
                        new Snapshot.Tables("shop", "*", null, null),
                        new Snapshot.Tables("shop", "orders", "id > 7", null),
                        new Snapshot.Tables("shop", "orders", null, List.of(List.of("1"), List.of("2"))))))
                .isEmpty();
    }

    @Test
    void isReadBackAsWritten() {
        Configuration written =
                BEFORE.withSnapshots(List.of(snapshot("a", "there", new Snapshot.Tables("shop", "*", "id > 7", null))));
        assertThat(ConfigurationCodec.decode(ConfigurationCodec.encode(written)))
                .isEqualTo(written);
    }

    @Test
    void namesThePipelineOfAnotherSource() {
        assertThat(problems(snapshot("a", "back", new Snapshot.Tables("shop", "*", null, null))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("snapshots[0].pipelines[0]");
                    assertThat(problem.fix()).contains("reads from 'b'");
                });
    }

    @Test
    void refusesKeysOfAPatternAndKeysWithACondition() {
        assertThat(fields(new Snapshot.Tables("shop", "o*", null, List.of(List.of("1")))))
                .containsExactly("snapshots[0].tables[0].keys");
        assertThat(fields(new Snapshot.Tables("shop", "orders", "id > 1", List.of(List.of("1")))))
                .containsExactly("snapshots[0].tables[0].keys");
        assertThat(fields(new Snapshot.Tables("shop", "orders", null, List.of(List.of()))))
                .containsExactly("snapshots[0].tables[0].keys[0]");
    }

    @Test
    void refusesAnEmptyCondition() {
        assertThat(fields(new Snapshot.Tables("shop", "orders", " ", null)))
                .containsExactly("snapshots[0].tables[0].where");
    }

    @Test
    void refusesAPipelineThatWouldLoseWhatChangesDuringTheCopy() {
        Pipeline counting = new Pipeline(
                "there",
                "a",
                "b",
                Pipeline.DesiredState.RUNNING,
                1,
                8,
                List.of(ORDERS),
                new ApplyRules(null, null, null, ApplyRules.MissingRow.COUNT));
        Configuration with = configuration(counting)
                .withSnapshots(List.of(snapshot("a", "there", new Snapshot.Tables("shop", "*", null, null))));
        assertThat(ConfigurationValidator.problems(with)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("snapshots[0].pipelines[0]");
            assertThat(problem.fix()).contains("missingRow COUNT");
        });
    }

    @Test
    void forgetsPipelinesThatAreGone() {
        Configuration with =
                BEFORE.withSnapshots(List.of(snapshot("a", "there", new Snapshot.Tables("shop", "*", null, null))));
        assertThat(with.withChannels(with.channels()).snapshots()).hasSize(1);
        assertThat(with.withChannels(List.of()).snapshots()).isEmpty();
    }

    private static List<String> fields(Snapshot.Tables tables) {
        return problems(snapshot("a", "there", tables)).stream()
                .map(ConfigurationProblem::field)
                .toList();
    }

    private static List<ConfigurationProblem> problems(Snapshot snapshot) {
        return ConfigurationValidator.problems(BEFORE.withSnapshots(List.of(snapshot)));
    }

    private static Snapshot snapshot(String source, String pipeline, Snapshot.Tables... tables) {
        return new Snapshot(
                "load",
                Instant.parse("2026-11-21T09:30:00Z"),
                source,
                List.of(pipeline),
                List.of(tables),
                Snapshot.DesiredState.RUNNING,
                1,
                null);
    }
}
