package dev.sluice.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotGateTest {
    private final SnapshotGate gate = new SnapshotGate("bin.000009", 4, List.of());

    @Test
    void placesAreInTheOrderInWhichFilesAreCounted() {
        assertThat(new Place("bin.1000000", 4, null).reaches("bin.999999", 8_000))
                .isTrue();
        assertThat(new Place("bin.000009", 4, null).reaches("bin.000010", 4)).isFalse();
        assertThat(new Place("bin.000009", 400, null).reaches("bin.000009", 400))
                .isTrue();
        assertThat(new Place("", 0, null).reaches("bin.000001", 4)).isFalse();
    }

    @Test
    void whoCopiesWaitsForTheEndOfATransactionAndForAPlace() throws Exception {
        gate.enter();
        CompletableFuture<Boolean> reached = CompletableFuture.supplyAsync(() -> {
            try {
                gate.enterInterruptibly();
                try {
                    return gate.await("bin.000010", 500, Duration.ofSeconds(60));
                } finally {
                    gate.leave();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        gate.movedTo("bin.000009", 900, "uuid:1");
        gate.leave();
        assertThat(reached).isNotDone();
        gate.enter();
        gate.movedTo("bin.000010", 500, null);
        gate.leave();
        assertThat(reached.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStatementThatMayChangeTablesBreaksTheChunk() throws Exception {
        ChunkWindow window = new ChunkWindow(new SourceTable(
                new dev.sluice.binlog.row.TableShape("s", "t", List.of(), new int[0], new int[0]),
                List.of(),
                true,
                Map.of(),
                0,
                true));
        gate.enterInterruptibly();
        Place low = gate.open(window);
        gate.leave();
        assertThat(low.file()).isEqualTo("bin.000009");
        gate.enter();
        gate.ddl();
        gate.leave();
        assertThat(window.broken()).isNotNull();
        assertThat(gate.schemaChanges()).isEqualTo(1);
    }

    @Test
    void afterAFailureTheOtherGetsIn() throws Exception {
        gate.enter();
        gate.enter();
        gate.leaveAll();
        CompletableFuture.runAsync(() -> {
                    gate.enter();
                    gate.leave();
                })
                .get(60, TimeUnit.SECONDS);
    }
}
