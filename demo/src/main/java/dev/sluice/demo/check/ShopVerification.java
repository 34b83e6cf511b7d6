package dev.sluice.demo.check;

import dev.sluice.demo.shop.ShopSchema;
import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.ShopChannel;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.check.TableComparison;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Waits until everything has arrived and then compares source, target and Redis row by row. */
public final class ShopVerification {
    private final Stack stack;
    private final AdminClient admin;

    public ShopVerification(Stack stack) {
        this.stack = stack;
        this.admin = stack.services().admin();
    }

    /**
     * What the comparison found.
     *
     * @param lost rows or cache entries that are missing or differ
     * @param duplicated rows that are at the target more often than at the source
     * @param examples the first of them, in words
     */
    public record Result(long lost, long duplicated, List<String> examples) {
        public boolean clean() {
            return lost == 0 && duplicated == 0;
        }
    }

    /**
     * Waits for the end of the log to have passed every stage, then compares; the load must have stopped.
     *
     * @throws IllegalStateException if it has not within {@code patience}, naming the stage that stands still
     */
    public Result afterDrain(Duration patience) throws Exception {
        writeLastRow();
        awaitDrained(patience);
        return compare();
    }

    /** Compares at once. */
    public Result compare() throws SQLException {
        long lost = 0;
        long duplicated = 0;
        List<String> examples = new ArrayList<>();
        for (String table : ShopSchema.TABLES) {
            TableComparison.Result result;
            try (var source = stack.source().connect();
                    var target = stack.target().connect()) {
                String name = ShopSchema.SCHEMA + "." + table;
                result = TableComparison.compare(source, name, target, name);
            }
            lost += result.missing() + result.different();
            duplicated += result.extra();
            result.examples().forEach(example -> examples.add(table + ": " + example));
        }
        List<String> cache = RedisComparison.differences(stack.source(), stack.redis());
        lost += cache.size();
        cache.stream().limit(10).forEach(examples::add);
        return new Result(lost, duplicated, examples);
    }

    /** A marker that reaches both targets after everything before it. */
    private void writeLastRow() throws SQLException {
        try (var connection = stack.source().connect(ShopSchema.SCHEMA);
                var statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO audit_log VALUES (NOW(6),'check','drained')");
        }
    }

    private void awaitDrained(Duration patience) throws Exception {
        Instant deadline = Instant.now().plus(patience);
        long lastSeq = -1;
        String where = "nothing reported yet";
        int still = 0;
        while (Instant.now().isBefore(deadline)) {
            Thread.sleep(500);
            JsonNode pipelines;
            try {
                pipelines = ShopChannel.pipelines(admin);
            } catch (java.io.IOException e) {
                where = "admin-ui does not answer: " + e.getMessage();
                continue;
            }
            long backlog = 0;
            long seq = 0;
            boolean running = true;
            StringBuilder words = new StringBuilder();
            for (JsonNode pipeline : pipelines) {
                backlog += pipeline.path("backlog").asLong(1);
                seq = Math.max(seq, pipeline.path("captured").asLong());
                running &= pipeline.path("state").asString().equals("RUNNING");
                words.append("%s %s captured %d dispatched %d backlog %d %s; "
                        .formatted(
                                pipeline.path("name").asString(),
                                pipeline.path("state").asString(),
                                pipeline.path("captured").asLong(),
                                pipeline.path("dispatched").asLong(),
                                pipeline.path("backlog").asLong(-1),
                                pipeline.path("error").asString("")));
            }
            where = words.toString();
            // status comes every two seconds: the same end of the log three times over means that it is the end
            still = running && backlog == 0 && seq > 0 && seq == lastSeq ? still + 1 : 0;
            lastSeq = seq;
            if (still >= 9 && compare().clean()) {
                return;
            }
        }
        // the comparison that follows tells what is missing
        if (still == 0) {
            throw new IllegalStateException("not drained within " + patience.toSeconds() + " s: " + where);
        }
    }
}
