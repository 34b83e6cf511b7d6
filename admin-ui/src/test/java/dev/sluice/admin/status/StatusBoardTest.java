package dev.sluice.admin.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.admin.status.StatusView.BrokerView;
import dev.sluice.admin.status.StatusView.PipelineStatusView;
import dev.sluice.admin.status.StatusView.ShownState;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.ColumnRules;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.Mapping;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.CapturedServer;
import dev.sluice.change.status.DispatchStatus;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.PurgeForecast;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final StatusBoard board = new StatusBoard();
    private final LagHistogram lag = new LagHistogram();
    private Instant now = START;
    private Pipeline.DesiredState desired = Pipeline.DesiredState.RUNNING;

    @BeforeEach
    void everythingIsInStep() {
        capture("capture-1", State.RUNNING, 1, 100, null);
        dispatch("dispatcher-1", State.RUNNING, 100, List.of(60L, 40L));
        sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
    }

    @Test
    void isInSyncWhenNothingWaits() {
        PipelineStatusView pipeline = pipeline();
        assertThat(pipeline.state()).isEqualTo(ShownState.RUNNING);
        assertThat(pipeline.inSync()).isTrue();
        assertThat(pipeline.backlog()).isZero();
        assertThat(pipeline.captured()).isEqualTo(100);
        assertThat(pipeline.dispatched()).isEqualTo(100);
        assertThat(pipeline.behindMicros()).isZero();
    }

    @Test
    void addsUpWhatWaitsInTheLogAndInThePartitions() {
        capture("capture-1", State.RUNNING, 1, 150, null);
        dispatch("dispatcher-1", State.RUNNING, 120, List.of(70L, 50L));
        assertThat(pipeline().backlog()).isEqualTo(30 + 10 + 10);
    }

    @Test
    void saysHowLongThereHasBeenABacklogNotHowOldTheLastRowIs() {
        pipeline();
        later(Duration.ofHours(3));
        capture("capture-1", State.RUNNING, 1, 100, null);
        dispatch("dispatcher-1", State.RUNNING, 100, List.of(60L, 40L));
        sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
        assertThat(pipeline().behindMicros()).isZero();

        later(Duration.ofSeconds(2));
        capture("capture-1", State.RUNNING, 1, 101, null);
        assertThat(pipeline().backlog()).isEqualTo(1);
        assertThat(pipeline().behindMicros()).isEqualTo(2_000_000);
        assertThat(pipeline().inSync()).isTrue();

        for (int i = 0; i < 4; i++) {
            later(Duration.ofSeconds(2));
            capture("capture-1", State.RUNNING, 1, 101, null);
            dispatch("dispatcher-1", State.RUNNING, 100, List.of(60L, 40L));
            sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
        }
        assertThat(pipeline().behindMicros()).isEqualTo(10_000_000);
        assertThat(pipeline().inSync()).isFalse();
    }

    @Test
    void countsRowsOfAllInstancesThroughAMove() {
        later(Duration.ofSeconds(2));
        sink("apply-1", partition(0, State.RUNNING, 80, 80), partition(1, State.STANDBY, 40, 40));
        sink("apply-2");
        later(Duration.ofSeconds(2));
        sink("apply-1", partition(0, State.RUNNING, 100, 100), partition(1, State.STANDBY, 40, 40));
        sink("apply-2", partition(1, State.RUNNING, 60, 20));
        assertThat(pipeline().rowsPerSecond()).isCloseTo(40 / 4.0 + 20 / 2.0, within(0.01));
        assertThat(pipeline().partitions())
                .extracting(StatusView.PartitionView::instance)
                .containsExactly("apply-1", "apply-2");
    }

    @Test
    void takesLagFromTheLastHalfMinuteOnly() {
        lag.record(50_000_000, 1000);
        later(Duration.ofSeconds(35));
        sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
        later(Duration.ofSeconds(20));
        lag.record(1_000, 900);
        lag.record(9_000, 100);
        sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
        assertThat(pipeline().lagP50Micros()).isBetween(1_000L, 1_300L);
        assertThat(pipeline().lagP99Micros()).isBetween(9_000L, 11_000L);
        later(Duration.ofSeconds(35));
        sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
        assertThat(pipeline().lagP99Micros()).isZero();
    }

    @Test
    void showsLagBacklogAndAgeOfEachPartition() {
        later(Duration.ofSeconds(2));
        dispatch("dispatcher-1", State.RUNNING, 100, List.of(75L, 40L));
        lag.record(7_000, 10);
        long waitsSince = now.minusSeconds(5).toEpochMilli() * 1000;
        long commit = START.toEpochMilli() * 1000;
        sink(
                "apply-1",
                new PartitionStatus(
                        "p", 0, State.RUNNING, 1, 60, 60, 0, 0, 0, commit, 3, waitsSince, lag.counts(), null),
                new PartitionStatus("p", 1, State.RUNNING, 1, 40, 40, 0, 0, 0, commit, 0, 0, List.of(), null));
        StatusView.PartitionView slow = pipeline().partitions().get(0);
        assertThat(slow.backlog()).isEqualTo(15);
        assertThat(slow.unacked()).isEqualTo(3);
        assertThat(slow.oldestAgeMicros()).isEqualTo(5_000_000);
        assertThat(slow.lagP50Micros()).isBetween(7_000L, 8_400L);
        StatusView.PartitionView idle = pipeline().partitions().get(1);
        assertThat(idle.backlog()).isZero();
        assertThat(idle.oldestAgeMicros()).isZero();
        assertThat(idle.lagP99Micros()).isZero();
    }

    @Test
    void namesTheStageThatStandsWhileTheOneBeforeItMoves() {
        for (int seconds = 0; seconds <= 28; seconds += 2) {
            everythingIsInStep();
            dispatch("dispatcher-1", State.RUNNING, 100, List.of(61L, 40L));
            assertThat(pipeline().stall()).as("after %d s", seconds).isNull();
            later(Duration.ofSeconds(2));
        }
        everythingIsInStep();
        dispatch("dispatcher-1", State.RUNNING, 100, List.of(61L, 40L));
        assertThat(pipeline().stall())
                .isEqualTo(
                        new StatusView.Stall("apply", START, "entries wait for partition 0, its target does not move"));
        sink("apply-1", partition(0, State.RUNNING, 61, 61), partition(1, State.RUNNING, 40, 40));
        assertThat(pipeline().stall()).isNull();
    }

    @Test
    void namesTheDispatcherWhenOnlyTheLogGrows() {
        pipeline();
        for (int i = 1; i <= 17; i++) {
            later(Duration.ofSeconds(2));
            everythingIsInStep();
            capture("capture-1", State.RUNNING, 1, 100 + i, null);
            assertThat(pipeline().stall() == null).as("after %d s", 2 * i).isEqualTo(i < 15);
        }
        assertThat(pipeline().stall()).extracting(StatusView.Stall::stage).isEqualTo("dispatcher");
        desired = Pipeline.DesiredState.PAUSED;
        assertThat(pipeline().stall()).as("somebody wants it to stand").isNull();
        later(Duration.ofSeconds(60));
        everythingIsInStep();
        capture("capture-1", State.RUNNING, 1, 117, null);
        desired = Pipeline.DesiredState.RUNNING;
        assertThat(pipeline().stall()).as("the pause does not count").isNull();
    }

    @Test
    void namesTheCaptureWhenTheSourceWritesAndItDoesNotReadOn() {
        // what is behind the start of the last transaction stays unread as long as the source is idle
        for (int i = 0; i < 30; i++) {
            everythingIsInStep();
            unread(500);
            assertThat(pipeline().stall()).isNull();
            later(Duration.ofSeconds(2));
        }
        for (int i = 0; i < 17; i++) {
            everythingIsInStep();
            unread(500 + i);
            pipeline();
            later(Duration.ofSeconds(2));
        }
        assertThat(pipeline().stall()).extracting(StatusView.Stall::stage).isEqualTo("capture");
    }

    @Test
    void showsTheWorstStateWithItsReason() {
        sink("apply-1", partition(0, State.RUNNING, 60, 60), failed(1, "table x is missing"));
        assertThat(pipeline().state()).isEqualTo(ShownState.FAILED);
        assertThat(pipeline().error()).isEqualTo("partition 1: table x is missing");
        capture("capture-1", State.RETRYING, 1, 100, "source does not answer");
        assertThat(pipeline().state()).isEqualTo(ShownState.FAILED);
        sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
        assertThat(pipeline().state()).isEqualTo(ShownState.RETRYING);
        assertThat(pipeline().error()).isEqualTo("capture of a: source does not answer");
    }

    @Test
    void doesNotBelieveInstancesThatAreSilent() {
        later(Duration.ofSeconds(9));
        assertThat(pipeline().state()).isEqualTo(ShownState.UNKNOWN);
        assertThat(pipeline().error()).contains("no capture instance");
        assertThat(pipeline().captured()).isEqualTo(100);
        capture("capture-2", State.RUNNING, 2, 100, null);
        assertThat(pipeline().error()).contains("no dispatcher instance");
        dispatch("dispatcher-2", State.RUNNING, 100, List.of(60L, 40L));
        assertThat(pipeline().error()).contains("no apply instance");
        sink("apply-2");
        assertThat(pipeline().state()).isEqualTo(ShownState.RUNNING);
        assertThat(view().instances()).filteredOn(instance -> !instance.alive()).hasSize(3);
    }

    @Test
    void prefersTheInstanceAtWorkToOneThatStandsBy() {
        capture("capture-0", State.STANDBY, 7, 999, null);
        assertThat(view().sources().get(0).instance()).isEqualTo("capture-1");
        assertThat(pipeline().captured()).isEqualTo(100);
    }

    @Test
    void takesSinksThatHadNoMessageYetForIdleNotForFarBehind() {
        later(Duration.ofSeconds(20));
        capture("capture-1", State.RUNNING, 1, 100, null);
        dispatch("dispatcher-1", State.RUNNING, 100, List.of(60L, 40L));
        sink("apply-2", idle(0), idle(1));
        assertThat(pipeline().backlog()).isZero();
        assertThat(pipeline().state()).isEqualTo(ShownState.RUNNING);
        assertThat(pipeline().partitions())
                .extracting(StatusView.PartitionView::instance, StatusView.PartitionView::seq)
                .containsExactly(tuple("apply-2", 60L), tuple("apply-2", 40L));
        dispatch("dispatcher-1", State.RUNNING, 100, List.of(61L, 40L));
        assertThat(pipeline().backlog()).isEqualTo(1);
    }

    @Test
    void countsWhatIsNumberedAnewAndSaysWhatARunningDispatcherWaitsFor() {
        dispatch("dispatcher-1", State.RUNNING, 100, List.of(60L, 40L));
        sink("apply-1", partition(0, State.RUNNING, 60, 60), partition(1, State.RUNNING, 40, 40));
        assertThat(pipeline().backlog()).isZero();
        DispatchStatus other = new DispatchStatus(
                "p",
                State.RUNNING,
                1,
                1,
                1,
                100,
                0,
                0,
                2,
                List.of(7L, 5L, 3L),
                0,
                "waiting for the target",
                null,
                null);
        board.accept(
                new ServiceStatus("dispatcher", "dispatcher-1", "1", now, 1, List.of(), List.of(other), List.of()),
                now);
        assertThat(pipeline().backlog()).isEqualTo(12);
        assertThat(pipeline().state()).isEqualTo(ShownState.RUNNING);
        assertThat(pipeline().error()).isEqualTo("dispatcher: waiting for the target");
    }

    @Test
    void showsAPausedPipelineAsPausedAndAStoppedOneAsStopped() {
        dispatch("dispatcher-1", State.PAUSED, 100, List.of(60L, 40L));
        desired = Pipeline.DesiredState.PAUSED;
        assertThat(pipeline().state()).isEqualTo(ShownState.PAUSED);
        desired = Pipeline.DesiredState.STOPPED;
        dispatch("dispatcher-1", State.STOPPED, 100, List.of(60L, 40L));
        sink("apply-1", partition(0, State.STOPPED, 60, 60), partition(1, State.STOPPED, 40, 40));
        assertThat(pipeline().state()).isEqualTo(ShownState.STOPPED);
        assertThat(pipeline().inSync()).isFalse();
    }

    @Test
    void showsASourceThatNobodyWantsAsStopped() {
        desired = Pipeline.DesiredState.STOPPED;
        later(Duration.ofMinutes(1));
        assertThat(view().sources().get(0).state()).isEqualTo(ShownState.STOPPED);
        desired = Pipeline.DesiredState.RUNNING;
        assertThat(view().sources().get(0).state()).isEqualTo(ShownState.UNKNOWN);
        assertThat(view().sources().get(0).error()).contains("start capture-service");
    }

    @Test
    void forgetsInstancesAfterAnHour() {
        later(Duration.ofHours(2));
        capture("capture-9", State.RUNNING, 9, 200, null);
        assertThat(view().instances()).hasSize(1);
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private PipelineStatusView pipeline() {
        return view().channels().get(0).pipelines().get(0);
    }

    private StatusView view() {
        DataSource source = new DataSource(
                "a", DataSource.Kind.MYSQL, "h", 1, "u", "", TlsMode.DISABLED, null, CaptureSettings.fromNow());
        DataSource target = new DataSource("b", DataSource.Kind.MYSQL, "h", 2, "u", "", TlsMode.DISABLED, null, null);
        Mapping mapping = new Mapping("s", "t", null, null, ColumnRules.ALL, null);
        Pipeline pipeline = new Pipeline("p", "a", "b", desired, 1, 2, List.of(mapping));
        Configuration configuration =
                new Configuration(1, List.of(source, target), List.of(new Channel("c", List.of(pipeline))));
        return board.view(configuration, new BrokerView(true, null, 1), now);
    }

    private void capture(String instance, State state, long epoch, long seq, @Nullable String error) {
        long commit = START.toEpochMilli() * 1000;
        long read = now.toEpochMilli() * 1000;
        CaptureStatus capture = new CaptureStatus("a", state, epoch, seq, 0, 0, "bin.1", 4, null, commit, read, error);
        board.accept(new ServiceStatus("capture", instance, "1", now, 1, List.of(capture), List.of(), List.of()), now);
    }

    /** The source has so much binlog that was not read; the capture stands where it was. */
    private void unread(long bytes) {
        long micros = now.toEpochMilli() * 1000;
        CapturedServer server =
                new CapturedServer("h:1", null, true, null, null, new PurgeForecast("bin.1", 0, bytes, null));
        CaptureStatus capture = new CaptureStatus(
                "a", State.RUNNING, 1, 100, 0, 0, "bin.1", 4, null, micros, micros, null, null, server, null);
        board.accept(
                new ServiceStatus("capture", "capture-1", "1", now, 1, List.of(capture), List.of(), List.of()), now);
    }

    private void dispatch(String instance, State state, long seq, List<Long> partitions) {
        DispatchStatus dispatch =
                new DispatchStatus("p", state, 1, 1, 1, seq, 0, 0, 1, partitions, 0, null, null, null);
        board.accept(
                new ServiceStatus("dispatcher", instance, "1", now, 1, List.of(), List.of(dispatch), List.of()), now);
    }

    private void sink(String instance, PartitionStatus... partitions) {
        board.accept(new ServiceStatus("apply", instance, "1", now, 1, List.of(), List.of(), List.of(partitions)), now);
    }

    private PartitionStatus partition(int partition, State state, long seq, long rows) {
        long commit = START.toEpochMilli() * 1000;
        return new PartitionStatus("p", partition, state, 1, seq, rows, 0, 0, 0, commit, 0, 0, lag.counts(), null);
    }

    private static PartitionStatus idle(int partition) {
        return new PartitionStatus("p", partition, State.STANDBY, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), null);
    }

    private PartitionStatus failed(int partition, String error) {
        return new PartitionStatus("p", partition, State.FAILED, 1, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), error);
    }
}
