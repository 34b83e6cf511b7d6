package dev.sluice.capture;

import dev.sluice.binlog.BinlogFormatException;
import dev.sluice.binlog.PositionPurged;
import dev.sluice.binlog.PositionUnknown;
import dev.sluice.binlog.ReplicaIdTaken;
import dev.sluice.binlog.SourceNotReady;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.search.NoSuchPlace;
import dev.sluice.broker.PublishFailed;
import dev.sluice.capture.filter.FilterRefused;
import dev.sluice.capture.reading.OtherBinlog;
import dev.sluice.capture.takeover.BrokenLog;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.message.MalformedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why a capture ended, and whether trying again soon may help.
 *
 * @param fatal a person must do something, which the message says
 * @param unexpected a fault of ours rather than of the world
 */
record Failure(boolean fatal, boolean unexpected, String message) {
    /** What RabbitMQ 4 says when it closes the channel (rabbit_channel:check_msg_size). */
    private static final Pattern TOO_LARGE = Pattern.compile("message size (\\d+).*larger than.*max size (\\d+)");

    private static final List<Class<? extends Exception>> FATAL = List.of(
            BrokenLog.class,
            OtherBinlog.class,
            FilterRefused.class,
            MalformedMessage.class,
            InvalidConfiguration.class,
            SourceNotReady.class,
            PositionPurged.class,
            PositionUnknown.class,
            ReplicaIdTaken.class,
            NoSuchPlace.class,
            BinlogFormatException.class);

    /** Access denied, no such database for the account, no such privilege. */
    private static final Set<Integer> REFUSALS = Set.of(1044, 1045, 1130, 1142, 1143, 1227, 1698);

    static Failure of(Exception caught) {
        Exception e = caught instanceof UncheckedIOException && caught.getCause() instanceof IOException cause
                ? cause
                : caught;
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        var tooLarge = TOO_LARGE.matcher(message);
        if (tooLarge.find()) {
            return new Failure(
                    true,
                    false,
                    "a row of " + tooLarge.group(1)
                            + " bytes does not fit into a message: the broker's max_message_size is "
                            + tooLarge.group(2)
                            + "; set max_message_size = 536870912 in rabbitmq.conf and restart the broker");
        }
        boolean fatal = FATAL.stream().anyMatch(type -> type.isInstance(e)) || isRefusal(e);
        boolean expected = fatal || e instanceof IOException || e instanceof PublishFailed;
        return new Failure(fatal, !expected, message);
    }

    private static boolean isRefusal(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerError error && REFUSALS.contains(error.code())) {
                return true;
            }
        }
        return false;
    }
}
