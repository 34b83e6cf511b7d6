package dev.sluice.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.SnapshotLine;
import dev.sluice.change.message.SnapshotLine.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovedTablesTest {
    private static final List<String> KEY = List.of("id");
    private static final SnapshotLine RUNNING = SnapshotLine.begun("n", Instant.EPOCH);
    private static final MovedTables.Copy COPY = new MovedTables.Copy("n", Instant.EPOCH, 0, "s", "t");

    private final MovedTables tables = new MovedTables(List.of());

    @Test
    void whatIsUnderWayIsToldUntilItIsWritten() {
        MovedRows rows = tables.of(COPY, KEY);
        rows.add(List.of("1"));
        rows.add(List.of("2"));
        assertThat(rows.take(1)).containsExactly(List.of("1"));
        assertThat(told()).containsExactly(List.of("1"), List.of("2"));
        rows.again();
        assertThat(rows.take(9)).containsExactly(List.of("2"), List.of("1"));
        rows.add(List.of("1")); // it moved once more meanwhile
        rows.written(false);
        assertThat(told()).containsExactly(List.of("1"));
        assertThat(rows.isEmpty()).isFalse();
    }

    @Test
    void whoeverGoesOnKnowsThem() {
        tables.of(COPY, KEY).add(List.of("\"a\""));
        MovedTables next = new MovedTables(tables.in(List.of(RUNNING)));
        assertThat(next.of(COPY, KEY).take(9)).containsExactly(List.of("\"a\""));
        assertThat(next.in(List.of(RUNNING.ended(Phase.DONE))).get(0).again()).isEmpty();
        next.forget(COPY::equals);
        assertThat(next.in(List.of(RUNNING)).get(0).again()).isEmpty();
    }

    @Test
    void anotherSnapshotOfTheNameIsAnotherOne() {
        tables.of(COPY, KEY).add(List.of("1"));
        SnapshotLine later = SnapshotLine.begun("n", Instant.EPOCH.plusSeconds(1));
        assertThat(tables.in(List.of(later)).get(0).again()).isEmpty();
    }

    @Test
    void ofTooManyTheTableIsCopiedFromItsBeginning() {
        MovedRows rows = tables.of(COPY, KEY);
        for (int i = 0; i <= 1_000; i++) {
            rows.add(List.of(String.valueOf(i)));
        }
        assertThat(tables.in(List.of(RUNNING)).get(0).again().get(0).all()).isTrue();
        assertThat(rows.beginAnew()).isTrue();
        rows.add(List.of("7"));
        assertThat(new MovedTables(tables.in(List.of(RUNNING))).of(COPY, KEY).beginAnew())
                .as("killed before the first chunk is written")
                .isTrue();
        rows.written(true);
        assertThat(rows.beginAnew()).isFalse();
        assertThat(told()).containsExactly(List.of("7"));
    }

    @Test
    void aTableWithAnotherKeyIsCopiedFromItsBeginning() {
        tables.of(COPY, KEY).add(List.of("1"));
        assertThat(tables.of(COPY, List.of("code")).beginAnew()).isTrue();
    }

    private List<List<String>> told() {
        return tables.in(List.of(RUNNING)).get(0).again().get(0).keys();
    }
}
