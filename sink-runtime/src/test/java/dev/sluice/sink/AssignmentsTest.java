package dev.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.ApplyRules.MissingRow;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.config.TlsMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
    private static final Set<DataSource.Kind> DATABASES = Set.of(DataSource.Kind.MYSQL, DataSource.Kind.MARIADB);

    @Test
    void consumesEveryPartitionOfPipelinesIntoItsKindOfTarget() {
        assertThat(Assignments.of(configuration(Pipeline.DesiredState.RUNNING), DATABASES))
                .extracting(partition -> partition.queue())
                .containsExactly("sluice.apply.to-db.0", "sluice.apply.to-db.1");
        assertThat(Assignments.of(configuration(Pipeline.DesiredState.RUNNING), Set.of(DataSource.Kind.REDIS)))
                .extracting(partition -> partition.queue())
                .containsExactly("sluice.cache.to-redis.0", "sluice.cache.to-redis.1");
    }

    @Test
    void stillAppliesWhatIsQueuedOfAPausedPipeline() {
        assertThat(Assignments.of(configuration(Pipeline.DesiredState.PAUSED), DATABASES))
                .hasSize(2);
    }

    @Test
    void emptiesTheQueuesThatAPipelineHadBefore() {
        Pipeline four = new Pipeline("to-db", "src", "db", Pipeline.DesiredState.RUNNING, 1, 4, List.of());
        Pipeline three = new Pipeline("to-db", "src", "db", Pipeline.DesiredState.RUNNING, 1, 3, List.of());
        Configuration fewer = configuration(Pipeline.DesiredState.RUNNING)
                .withChannels(List.of(new Channel("c", List.of(three.following(four)))));
        assertThat(Assignments.of(fewer, DATABASES))
                .extracting(partition -> partition.partition().number())
                .containsExactly(0, 1, 2, 3);
    }

    /** A copy of the row will come. */
    @Test
    void countsUpdatesInPartOfMissingRowsWhileASnapshotIsThere() {
        Snapshot snapshot = new Snapshot(
                "first",
                Instant.EPOCH,
                "src",
                List.of("to-db"),
                List.of(new Snapshot.Tables("*", "*", null, null)),
                Snapshot.DesiredState.RUNNING,
                1,
                null);
        Configuration plain = configuration(Pipeline.DesiredState.RUNNING);
        assertThat(missingRow(plain)).containsOnly(MissingRow.UPSERT);
        assertThat(missingRow(plain.withSnapshots(List.of(snapshot)))).containsOnly(MissingRow.UPSERT_WHOLE);
        assertThat(missingRow(plain.withSnapshots(List.of(snapshot.command(Snapshot.DesiredState.CANCELLED)))))
                .containsOnly(MissingRow.UPSERT);
    }

    private static List<MissingRow> missingRow(Configuration configuration) {
        return Assignments.of(configuration, DATABASES).stream()
                .map(partition -> partition.rules().missingRow())
                .toList();
    }

    @Test
    void leavesAStoppedPipelineAlone() {
        assertThat(Assignments.of(configuration(Pipeline.DesiredState.STOPPED), DATABASES))
                .isEmpty();
    }

    @Test
    void namesTheSourcesSiteAsOrigin() {
        assertThat(Assignments.of(configuration(Pipeline.DesiredState.RUNNING), DATABASES))
                .allSatisfy(partition -> assertThat(partition.sourceSite()).isEqualTo("north"));
    }

    private static Configuration configuration(Pipeline.DesiredState state) {
        return new Configuration(
                1,
                List.of(
                        source("src", DataSource.Kind.MYSQL, "north"),
                        source("db", DataSource.Kind.MARIADB, "south"),
                        source("redis", DataSource.Kind.REDIS, "cache")),
                List.of(new Channel(
                        "c",
                        List.of(
                                new Pipeline("to-db", "src", "db", state, 1, 2, List.of()),
                                new Pipeline("to-redis", "src", "redis", state, 1, 2, List.of())))));
    }

    private static DataSource source(String name, DataSource.Kind kind, String site) {
        return new DataSource(name, kind, "h", 1, "", "", TlsMode.DISABLED, site, null);
    }
}
