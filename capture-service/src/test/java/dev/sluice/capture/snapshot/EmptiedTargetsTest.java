package dev.sluice.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CaptureFilter;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.ChangeKind;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.RowFilter;
import dev.sluice.change.config.SetColumn;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.config.TlsMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmptiedTargetsTest {
    private static final Mapping ALL = mapping("s", "*", null);

    @Test
    void aTargetOfItsOwnMayBeEmptied() {
        assertThat(refusal(CaptureFilter.NONE, ALL)).isNull();
        assertThat(refusal(CaptureFilter.NONE, ALL, mapping("other", "*", null)))
                .isNull();
    }

    @Test
    void notOneThatKeepsRowsWhichTheSourceHasNot() {
        CaptureFilter inserts =
                new CaptureFilter(List.of(), List.of(), null, null, List.of(), List.of(ChangeKind.INSERT), true);
        assertThat(refusal(inserts, ALL)).contains("capture.filter.kinds");
        RowFilter kinds = new RowFilter(null, List.of(ChangeKind.INSERT, ChangeKind.UPDATE));
        assertThat(refusal(CaptureFilter.NONE, ALL.withRows(kinds))).contains("rows.kinds");
        assertThat(refusal(CaptureFilter.NONE, ALL.withRows(new RowFilter("a > 1", List.of()))))
                .isNull();
    }

    @Test
    void oneThatManyTablesShareOnlyWhereTheirRowsAreMarked() {
        Mapping merged = mapping("s", "*", "all");
        assertThat(refusal(CaptureFilter.NONE, merged)).contains("rows of other tables");
        assertThat(refusal(CaptureFilter.NONE, merged.withSet(List.of(new SetColumn("shop", "x", false)))))
                .contains("rows of other tables");
        assertThat(refusal(CaptureFilter.NONE, merged.withSet(List.of(new SetColumn("shop", "x", true)))))
                .isNull();
        assertThat(refusal(CaptureFilter.NONE, ALL, new Mapping("other", "*", "s", null, ColumnRules.ALL, null)))
                .contains("rows of other tables");
    }

    private static Mapping mapping(String schema, String table, @Nullable String target) {
        return new Mapping(schema, table, null, target, ColumnRules.ALL, null);
    }

    private static @Nullable String refusal(CaptureFilter filter, Mapping... mappings) {
        DataSource source = new DataSource(
                "source",
                DataSource.Kind.MYSQL,
                "h",
                1,
                "",
                "",
                TlsMode.DISABLED,
                null,
                CaptureSettings.fromNow().withFilter(filter));
        Pipeline pipeline =
                new Pipeline("p", "source", "target", Pipeline.DesiredState.RUNNING, 1, 1, Arrays.asList(mappings));
        Snapshot snapshot = new Snapshot(
                "n",
                Instant.EPOCH,
                "source",
                List.of("p"),
                List.of(new Snapshot.Tables("s", "*", null, null)),
                Snapshot.DesiredState.RUNNING,
                1,
                null);
        return EmptiedTargets.refusal(
                new Configuration(1, List.of(source), List.of(new Channel("c", List.of(pipeline)))),
                snapshot,
                new TableName("s", "t", 0));
    }
}
