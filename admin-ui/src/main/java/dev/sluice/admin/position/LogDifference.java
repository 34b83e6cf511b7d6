package dev.sluice.admin.position;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.search.Place;
import dev.sluice.change.status.CaptureStatus;
import dev.sluice.change.status.CapturedServer;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the end of a source log and a position.
 *
 * @param file where the log ends in the binlog, as the capture has reported it last
 * @param effect what becomes of the changes in between
 * @param skipped GTIDs of transactions that would be missing from the log; null if there are none, or no GTIDs
 * @param repeated GTIDs of transactions that would be in the log twice; null if there are none, or no GTIDs
 * @param meaning the same in a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogDifference(
        @Nullable String file,
        long offset,
        Effect effect,
        @Nullable String skipped,
        @Nullable String repeated,
        String meaning) {
    /** What becomes of changes. */
    enum Effect {
        /** The log goes on where it ends. */
        NONE,
        SKIPS,
        REPEATS,
        SKIPS_AND_REPEATS,
        UNKNOWN
    }

    static LogDifference between(CaptureStatus log, Place place, boolean mariaDb) {
        CapturedServer server = log.server();
        String logged = server == null ? null : server.executed();
        if (logged != null && !place.executed().isEmpty()) {
            String all = log.gtid() == null ? logged : including(logged, log.gtid(), mariaDb);
            return of(log, missing(place.executed(), all, mariaDb), missing(all, place.executed(), mariaDb));
        }
        int order = log.file() == null || log.file().isEmpty()
                ? Integer.MIN_VALUE
                : Integer.signum(new FilePosition(log.file(), log.offset()).compareTo(place.position()));
        return switch (order) {
            case 0 ->
                new LogDifference(log.file(), log.offset(), Effect.NONE, null, null, "the log goes on where it ends");
            case 1 ->
                new LogDifference(
                        log.file(),
                        log.offset(),
                        Effect.REPEATS,
                        null,
                        null,
                        "changes from " + place.position() + " to the log's end would be in it twice");
            case -1 ->
                new LogDifference(
                        log.file(),
                        log.offset(),
                        Effect.SKIPS,
                        null,
                        null,
                        "changes from the log's end to " + place.position() + " would be missing from it");
            default ->
                new LogDifference(
                        null, 0, Effect.UNKNOWN, null, null, "it is not known where the log ends in the binlog");
        };
    }

    private static LogDifference of(CaptureStatus log, String skipped, String repeated) {
        Effect effect = skipped.isEmpty()
                ? repeated.isEmpty() ? Effect.NONE : Effect.REPEATS
                : repeated.isEmpty() ? Effect.SKIPS : Effect.SKIPS_AND_REPEATS;
        String meaning =
                switch (effect) {
                    case NONE -> "the log goes on where it ends";
                    case REPEATS -> "transactions " + repeated + " would be in the log twice";
                    case SKIPS ->
                        "transactions " + skipped + " would be missing from the log; snapshot anew what they changed";
                    default ->
                        "transactions " + skipped + " would be missing from the log, and " + repeated + " in it twice";
                };
        return new LogDifference(
                log.file(),
                log.offset(),
                effect,
                skipped.isEmpty() ? null : skipped,
                repeated.isEmpty() ? null : repeated,
                meaning);
    }

    /** What is in the first set and not in the second; of MariaDB a GTID speaks for all before it. */
    private static String missing(String first, String second, boolean mariaDb) {
        String missing = ExecutedGtids.missing(first, second, mariaDb);
        return mariaDb && !missing.isEmpty() ? "up to " + missing.replace(",", ", up to ") : missing;
    }

    private static String including(String executed, String gtid, boolean mariaDb) {
        ExecutedGtids all = ExecutedGtids.parse(executed, mariaDb);
        all.add(gtid);
        return all.text();
    }
}
