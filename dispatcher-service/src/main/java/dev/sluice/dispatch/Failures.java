package dev.sluice.dispatch;

import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.message.MalformedMessage;
import dev.sluice.dispatch.intake.HoleInLog;
import dev.sluice.dispatch.intake.PlaceLost;
import dev.sluice.dispatch.mapping.MappingRefused;

/** Which failures explain themselves; any other is an error in the program and is logged with where it happened. */
final class Failures {
    private Failures() {}

    static boolean expected(RuntimeException e) {
        return e instanceof PlaceLost
                || e instanceof HoleInLog
                || e instanceof MappingRefused
                || e instanceof MalformedMessage
                || e instanceof InvalidConfiguration;
    }

    /** The first message in the chain of causes; the AMQP client often has none on top. */
    static String reason(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return e.toString();
    }
}
