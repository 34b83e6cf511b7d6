package dev.sluice.sink.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.ApplyRules;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.status.State;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.BatchWriter;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WritingTest {
    private static final Partition PARTITION = new Partition("p", 0);
    private static final RowBatch BATCH =
            new RowBatch(PARTITION, Watermark.NONE, new Watermark(1, 1), "here", List.of());

    private final PartitionProgress progress = new PartitionProgress(PARTITION);
    private final StopSignal stop = new StopSignal();
    private final TargetPartition assignment = new TargetPartition(
            PARTITION,
            new DataSource("t", DataSource.Kind.MYSQL, "localhost", 3306, "", "", TlsMode.DISABLED, null, null),
            "here",
            ApplyRules.DEFAULT,
            1);
    private final Writing writing = new Writing(
            progress,
            stop,
            new Parking(ApplyRules.DEFAULT, progress),
            new Suspension(assignment, Duration.ofMillis(10)),
            new TableTrouble(ApplyRules.DEFAULT),
            Duration.ofMillis(10));
    private final List<State> seen = new ArrayList<>();

    @Test
    void writesTheSameBatchAgainUntilTheTargetTakesIt() throws InterruptedException {
        FailingWriter writer = new FailingWriter(
                new Failure.Retryable("away"),
                new Failure.BadRow(null, "refused", "22001"),
                new Failure.Retryable("away"));

        Writing.Done done = writing.write(writer, BATCH, () -> true);

        assertThat(done).isEqualTo(new Writing.Done(BATCH, new WriteOutcome.Written(0)));
        assertThat(writer.written).containsExactly(BATCH, BATCH, BATCH, BATCH);
        assertThat(seen).containsExactly(State.STARTING, State.RETRYING, State.FAILED, State.RETRYING);
    }

    @Test
    void countsOnlyWhatKeepsItFromTheTargetAgainstItsHealth() {
        writing.failed(new Failure.BadRow(null, "refused", "22001"));
        assertThat(progress.unusableSince()).isNull();
        writing.failed(new Failure.Retryable("away"));
        assertThat(progress.unusableSince()).isNotNull();
    }

    @Test
    void givesUpABatchWhoseQueueIsLost() throws InterruptedException {
        FailingWriter writer = new FailingWriter(new Failure.Retryable("away"));

        assertThat(writing.write(writer, BATCH, () -> false)).isNull();
        assertThat(writer.written).hasSize(1);
    }

    @Test
    void givesUpABatchWhenStopped() throws InterruptedException {
        FailingWriter writer = new FailingWriter(new Failure.Fatal("password"));
        stop.raise();

        assertThat(writing.write(writer, BATCH, () -> true)).isNull();
    }

    @Test
    void pausesLongerForASettingThanForTheNetwork() {
        assertThat(writing.failed(new Failure.Fatal("password")))
                .isGreaterThan(writing.failed(new Failure.Retryable("away")).multipliedBy(10));
    }

    @Test
    void tellsBeforeWhichStatementItStands() {
        DdlLine line = new DdlLine(
                "s", "ALTER TABLE t ADD c INT", 1, "alter", List.of(), null, new DdlLine.Barrier(7, List.of(1L)));
        RowBatch statement = new RowBatch(
                PARTITION,
                Watermark.NONE,
                new Watermark(1, 1),
                "here",
                List.of(),
                RowBatch.Aside.NOTHING,
                ApplyRules.MissingRow.UPSERT,
                false,
                line);
        progress.writing(statement);
        writing.failed(new Failure.Fatal("refused"));
        assertThat(progress.status().statement()).isEqualTo(7);
        progress.wrote(statement, 0);
        assertThat(progress.status().statement()).isNull();
        progress.writing(BATCH);
        assertThat(progress.status().statement()).isNull();
    }

    private final class FailingWriter implements BatchWriter {
        final List<RowBatch> written = new ArrayList<>();
        final Deque<Failure> failures;

        FailingWriter(Failure... failures) {
            this.failures = new ArrayDeque<>(List.of(failures));
        }

        @Override
        public Watermark watermark(Partition partition) {
            return Watermark.NONE;
        }

        @Override
        public WriteOutcome write(RowBatch batch) throws WriteFailed {
            seen.add(progress.state());
            written.add(batch);
            Failure failure = failures.poll();
            if (failure != null) {
                throw new WriteFailed(failure);
            }
            return new WriteOutcome.Written(0);
        }

        @Override
        public void close() {}
    }
}
