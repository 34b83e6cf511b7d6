package dev.sluice.demo;

import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.ShopChannel;
import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/** One line about each pipeline, rewritten in place on a terminal and printed now and then elsewhere. */
final class LiveView {
    private static final int EVERY_WITHOUT_TERMINAL = 10;

    private final AdminClient admin;
    private final PrintStream out;
    private final boolean terminal;
    private int ticks;
    private int lines;

    LiveView(AdminClient admin, PrintStream out, boolean terminal) {
        this.admin = admin;
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows the present state; to be called every second. */
    void tick(long transactions) throws InterruptedException {
        if (!terminal && ticks++ % EVERY_WITHOUT_TERMINAL != 0) {
            return;
        }
        StringBuilder text = new StringBuilder("  shop transactions %,d%n".formatted(transactions));
        try {
            for (JsonNode pipeline : ShopChannel.pipelines(admin)) {
                text.append(line(pipeline)).append(System.lineSeparator());
            }
        } catch (java.io.IOException e) {
            text.append("  admin-ui does not answer; data keeps flowing").append(System.lineSeparator());
        }
        if (terminal && lines > 0) {
            out.print("\033[" + lines + "A\033[J");
        }
        out.print(text);
        out.flush();
        lines = (int) text.chars().filter(c -> c == '\n').count();
    }

    private static String line(JsonNode pipeline) {
        boolean cache = pipeline.path("name").asString().endsWith("cache");
        long written = 0;
        for (JsonNode partition : pipeline.path("partitions")) {
            written += partition.path("rows").asLong();
        }
        return "  %-12s %-9s captured %,9d  %s %,9d  backlog %,6d  %,6.0f rows/s  lag p50 %.1f ms, p99 %.1f ms"
                .formatted(
                        pipeline.path("name").asString(),
                        pipeline.path("state").asString(),
                        pipeline.path("captured").asLong(),
                        cache ? "cached " : "applied",
                        written,
                        pipeline.path("backlog").asLong(),
                        pipeline.path("rowsPerSecond").asDouble(),
                        pipeline.path("lagP50Micros").asLong() / 1000.0,
                        pipeline.path("lagP99Micros").asLong() / 1000.0);
    }
}
