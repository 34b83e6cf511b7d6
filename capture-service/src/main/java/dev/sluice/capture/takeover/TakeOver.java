package dev.sluice.capture.takeover;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.broker.ExclusiveLock;
import dev.sluice.broker.StreamTail;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.message.MessageHeader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a connection the one that writes a source log: takes the lock on it and reads the log back to where it ends.
 * The claim that fences earlier owners is the first thing its publisher sends.
 */
public final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    /** More than a publisher's window of messages, so that one look nearly always does. */
    private static final long LOOK_BACK = 1_200;

    private static final long NEVER = -1;

    private TakeOver() {}

    /** Takes the lock of a source; false if another connection has it. */
    public static boolean lock(Connection connection, String source) throws IOException {
        return ExclusiveLock.tryTake(connection, BrokerNames.captureLock(source));
    }

    /**
     * Finds the end of a source log, which is made if it is not there. Only the owner of the lock may ask.
     *
     * @param captured whether the log had entries or a claim before, as far as the caller knows
     * @throws BrokenLog if the log cannot be continued, or is gone
     */
    public static LogEnd logEnd(Connection connection, String source, CaptureSettings settings, boolean captured)
            throws IOException, InterruptedException {
        declare(connection, source, settings);
        for (long lookBack = LOOK_BACK; ; lookBack *= 2) {
            LogEndFinder finder = new LogEndFinder();
            StreamTail.Reach reach =
                    StreamTail.read(connection, BrokerNames.sourceLog(source), lookBack, finder::accept);
            Optional<LogEnd> end = finder.end(reach);
            if (end.isPresent()) {
                if (end.get().resume() == null) {
                    refuseToBeginAnew(connection, source, settings, captured);
                }
                return end.get();
            }
        }
    }

    /**
     * The last entry that a reader may have from earlier owners: what arrived between a look at the log's end and the claim
     * that followed it counts for readers too.
     *
     * @param end the log's end before the claim, which has the next epoch
     */
    public static long lastEntryBefore(Connection connection, String source, LogEnd end)
            throws IOException, InterruptedException {
        long[] last = {end.after()};
        boolean[] claimed = {false};
        StreamTail.read(connection, BrokerNames.sourceLog(source), LOOK_BACK, record -> {
            MessageHeader header = MessageHeader.of(record.type(), record.headers());
            claimed[0] |= header.epoch() > end.epoch();
            if (!claimed[0] && header.kind() == MessageHeader.Kind.ROWS) {
                last[0] = Math.max(last[0], header.lastSeq());
            }
        });
        return last[0];
    }

    /** An empty log may be new or gone; where a gone one goes on is for a person to say, once for each time. */
    private static void refuseToBeginAnew(
            Connection connection, String source, CaptureSettings settings, boolean captured)
            throws IOException, InterruptedException {
        StartPosition.Mode start = settings.start().mode();
        if (start == StartPosition.Mode.FILE || start == StartPosition.Mode.GTID) {
            return;
        }
        long[] reset = {captured ? 0 : NEVER};
        StreamTail.read(
                connection,
                BrokerNames.claims(source),
                LOOK_BACK,
                record -> reset[0] =
                        MessageHeader.of(record.type(), record.headers()).reset());
        if (reset[0] != NEVER && settings.resetGeneration() <= reset[0]) {
            throw new BrokenLog("the source log is gone, and beginning at " + start
                    + " would leave changes out: say where to begin (POST /api/v1/data-sources/" + source
                    + "/position; EARLIEST loses least), or set capture.start to the FILE or GTID position to begin at,"
                    + " and snapshot anew what the pipelines have missed");
        }
    }

    private static void declare(Connection connection, String source, CaptureSettings settings) throws IOException {
        try (Channel channel = connection.createChannel()) {
            Topology.claims(channel, source);
            Topology.sourceLog(channel, source, settings.logMaxBytes(), settings.logMaxAge());
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        } catch (IOException | AlreadyClosedException e) {
            if (!connection.isOpen() || !saysOtherArguments(e)) {
                throw e;
            }
            LOG.warn(
                    "the source log of {} keeps the retention it was made with; a policy of the broker changes it: {}",
                    source,
                    BrokerNames.sourceLog(source));
        }
    }

    private static boolean saysOtherArguments(Throwable error) {
        return error.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.PRECONDITION_FAILED;
    }
}
