package dev.sluice.dispatch.state;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.broker.StreamTail;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.dispatch.intake.PlaceLost;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Reads the state records of a pipeline. */
public final class StateStream {
    private static final long FIRST_LOOK_BACK = 1_000;
    private static final int GROWTH = 8;

    private StateStream() {}

    /** Declares the stream. */
    public static void declare(Connection connection, String pipeline) throws IOException {
        try (Channel channel = connection.createChannel()) {
            Topology.dispatchState(channel, pipeline);
        } catch (TimeoutException e) {
            throw new IOException("broker did not answer in time", e);
        }
    }

    /**
     * The last record; empty if the pipeline has never run.
     *
     * @throws PlaceLost if there was one and retention removed it
     */
    public static Optional<DispatchState> last(Connection connection, String pipeline)
            throws IOException, InterruptedException {
        for (long lookBack = FIRST_LOOK_BACK; ; lookBack *= GROWTH) {
            byte[][] last = new byte[1][];
            StreamTail.Reach reach = StreamTail.read(
                    connection, BrokerNames.dispatchState(pipeline), lookBack, record -> last[0] = record.body());
            if (last[0] != null) {
                return Optional.of(StateCodec.decode(last[0]));
            }
            if (reach == StreamTail.Reach.FIRST_KEPT) {
                throw new PlaceLost("retention has removed every record of " + BrokerNames.dispatchState(pipeline)
                        + ", so where pipeline " + pipeline + " was is not known");
            }
            if (reach.complete()) {
                return Optional.empty();
            }
        }
    }

    /** The latest record that is as wanted, such as one before a place; empty if none that is kept is. */
    public static Optional<DispatchState> latest(
            Connection connection, String pipeline, Predicate<DispatchState> wanted)
            throws IOException, InterruptedException {
        for (long lookBack = FIRST_LOOK_BACK; ; lookBack *= GROWTH) {
            DispatchState[] found = new DispatchState[1];
            StreamTail.Reach reach =
                    StreamTail.read(connection, BrokerNames.dispatchState(pipeline), lookBack, record -> {
                        DispatchState state = StateCodec.decode(record.body());
                        if (wanted.test(state)) {
                            found[0] = state;
                        }
                    });
            if (reach.complete() || found[0] != null) {
                return Optional.ofNullable(found[0]);
            }
        }
    }

    /**
     * The latest record from which a partition's entries behind a watermark are sent again.
     *
     * @param epoch of the watermark
     * @param seq of the watermark
     */
    public static Optional<DispatchState> before(
            Connection connection, String pipeline, int partition, long epoch, long seq)
            throws IOException, InterruptedException {
        for (long lookBack = FIRST_LOOK_BACK; ; lookBack *= GROWTH) {
            RewindSearch search = new RewindSearch(partition, epoch, seq);
            StreamTail.Reach reach = StreamTail.read(
                    connection,
                    BrokerNames.dispatchState(pipeline),
                    lookBack,
                    record -> search.add(StateCodec.decode(record.body())));
            if (reach.complete() || search.found().isPresent()) {
                return search.found();
            }
        }
    }
}
