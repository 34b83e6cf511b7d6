package dev.sluice.capture.snapshot;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourcePositions;
import dev.sluice.binlog.protocol.ResultRows;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that the next query sees everything that the binlog had up to a place. A transaction is in the binlog, and
 * sent to replicas, a moment before it is committed and visible; what a query misses of it would never be copied.
 *
 * <p>With {@code binlog_order_commits} transactions become visible in the order of the binlog, so that the last one
 * speaks for all before it. MariaDB tells the position that belongs to a consistent snapshot. Not thread-safe.
 */
final class ReadView {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    private static final Pattern PREPARED = Pattern.compile("TRANSACTION (\\d+), ACTIVE \\(PREPARED\\)");
    private static final Pattern OWNED = Pattern.compile("[^,\\n#]*#\\d+");
    private static final int NEEDS_PRIVILEGE = 1227;

    private enum Way {
        MARIADB,
        GTID,
        /** Without GTIDs a transaction between binlog and commit shows in InnoDB's status only. */
        PREPARED
    }

    private final SourceConnection source;
    private final Way way;

    private ReadView(SourceConnection source, Way way) {
        this.source = source;
        this.way = way;
    }

    /**
     * For a connection.
     *
     * @throws CannotCopy if the source commits in another order than it logs, or does not tell enough
     */
    static ReadView of(SourceConnection source) throws IOException {
        if (source.version().mariaDb()) {
            return new ReadView(source, Way.MARIADB);
        }
        ResultRows variables =
                source.query("SELECT @@GLOBAL.binlog_order_commits AS ordered, @@GLOBAL.gtid_mode AS gtids");
        if (!"1".equals(variables.first("ordered").orElse("1"))) {
            throw new CannotCopy("the source commits in another order than it logs; run SET GLOBAL"
                    + " binlog_order_commits=ON and put it into its configuration file");
        }
        boolean gtids = "ON".equals(variables.first("gtids").orElse("OFF"));
        return new ReadView(source, gtids ? Way.GTID : Way.PREPARED);
    }

    /** Waits until a query sees what the place has. */
    void await(Place place) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        switch (way) {
            case MARIADB -> {
                while (!begunBehind(place)) {
                    end();
                    pause(until);
                }
            }
            case GTID -> awaitGtids(place.gtid(), until);
            case PREPARED -> awaitGone(this::prepared, until);
        }
    }

    /** A stretch of the binlog: a view has all in front of it and nothing behind it. */
    record Stretch(FilePosition from, FilePosition to) {}

    /** Begins a transaction that goes on seeing the tables as they are now. */
    Stretch begin() throws IOException, InterruptedException {
        if (way == Way.MARIADB) {
            FilePosition at = beginAtPlace();
            return new Stretch(at, at);
        }
        FilePosition from = endOfLog();
        awaitGone(way == Way.GTID ? this::owned : this::prepared, System.nanoTime() + PATIENCE.toNanos());
        source.execute(BEGIN);
        return new Stretch(from, endOfLog());
    }

    SourceConnection connection() {
        return source;
    }

    /** Lets go of what the query needed. */
    void end() throws IOException {
        if (way == Way.MARIADB) {
            source.execute("ROLLBACK");
        }
    }

    /** End of the source's binlog: all that a query before has seen is in front of it. */
    FilePosition endOfLog() throws IOException {
        return SourcePositions.of(source).current();
    }

    private boolean begunBehind(Place place) throws IOException {
        return beginAtPlace().compareTo(new FilePosition(place.file(), place.offset())) >= 0;
    }

    private FilePosition beginAtPlace() throws IOException {
        source.execute(BEGIN);
        String file = "";
        long offset = 0;
        for (var row : source.query("SHOW STATUS LIKE 'binlog_snapshot_%'").rows()) {
            String value = String.valueOf(row.get("value"));
            switch (String.valueOf(row.get("variable_name")).toLowerCase(java.util.Locale.ROOT)) {
                case "binlog_snapshot_file" -> file = value;
                case "binlog_snapshot_position" -> offset = Long.parseLong(value);
                default -> {
                    // none that is asked for
                }
            }
        }
        return new FilePosition(file, offset);
    }

    private void awaitGtids(@Nullable String last, long until) throws IOException, InterruptedException {
        if (last == null) {
            awaitGone(this::owned, until);
            return;
        }
        String wait = "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + last.replaceAll("[^0-9a-zA-Z_:-]", "") + "', 5) AS late";
        while (!"0".equals(source.query(wait).first("late").orElse("1"))) {
            pause(until);
        }
    }

    /** Waits until none of those that are there now is left. */
    private void awaitGone(Those those, long until) throws IOException, InterruptedException {
        Set<String> waited = those.now();
        while (!waited.isEmpty()) {
            pause(until);
            waited.retainAll(those.now());
        }
    }

    private Set<String> owned() throws IOException {
        return all(
                OWNED,
                source.query("SELECT @@GLOBAL.gtid_owned AS owned")
                        .first("owned")
                        .orElse(""),
                0);
    }

    private Set<String> prepared() throws IOException {
        try {
            return all(
                    PREPARED,
                    source.query("SHOW ENGINE INNODB STATUS").first("status").orElse(""),
                    1);
        } catch (ServerError e) {
            if (e.code() == NEEDS_PRIVILEGE) {
                throw new CannotCopy("without GTIDs the source must tell which transactions are being committed: GRANT"
                        + " PROCESS ON *.* to the account, or set gtid_mode=ON");
            }
            throw e;
        }
    }

    private static Set<String> all(Pattern pattern, String text, int group) {
        Set<String> found = new HashSet<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(group).strip());
        }
        return found;
    }

    private static void pause(long until) throws IOException, InterruptedException {
        if (System.nanoTime() > until) {
            throw new IOException(
                    "the source has not committed for " + PATIENCE.toSeconds() + " s what its binlog has already");
        }
        Thread.sleep(2);
    }

    private interface Those {
        Set<String> now() throws IOException;
    }
}
