package dev.sluice.demo;

import dev.sluice.change.status.LagHistogram;
import dev.sluice.demo.check.LagMeter;
import dev.sluice.demo.check.OrderWatch;
import dev.sluice.demo.check.ShopVerification;
import dev.sluice.demo.shop.ShopLoad;
import dev.sluice.demo.shop.ShopSchema;
import dev.sluice.demo.stack.Services;
import dev.sluice.demo.stack.ShopChannel;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.process.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo without a person: load and comparison, then kill -9 of every service under load and comparison again. Its last
 * line is one JSON object.
 */
final class DemoCheck {
    private static final Duration STEADY = Duration.ofSeconds(20);
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(4);
    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final int RATE = 150;

    private final Path work;
    private final long seed;

    DemoCheck(Path work, long seed) {
        this.work = work;
        this.seed = seed;
    }

    int run() throws Exception {
        say("seed " + seed + ", logs " + work);
        try (Stack stack = Stack.start(work, List.of(), DemoCheck::say)) {
            ShopSchema.create(stack.source());
            ShopSchema.create(stack.target());
            ShopChannel.configure(stack.services().admin(), stack.source(), stack.target(), stack.redis());
            OrderWatch order = OrderWatch.of(stack.target());
            try (LagMeter lag = new LagMeter(stack.broker().amqpUri())) {
                return judge(stack, lag, order);
            }
        }
    }

    private int judge(Stack stack, LagMeter lag, OrderWatch order) throws Exception {
        ShopVerification verification = new ShopVerification(stack);
        ShopVerification.Result steady;
        try (ShopLoad load = new ShopLoad(stack.source(), seed, 2, RATE)) {
            say("load of " + RATE + " transactions a second for " + STEADY.toSeconds() + " s");
            Thread.sleep(STEADY.toMillis());
        }
        steady = verification.afterDrain(DRAIN);
        report("after the load", steady);
        List<Long> lags = lag.counts("apply");

        try (ShopLoad load = new ShopLoad(stack.source(), seed + 100, 2, RATE)) {
            List<String> victims = new ArrayList<>(Services.DATA_PLANE);
            victims.add(Services.ADMIN);
            for (String victim : victims) {
                Thread.sleep(BETWEEN_KILLS.toMillis());
                ServiceProcess process = stack.services().get(victim, 0);
                say("kill -9 of " + victim + " under load");
                process.kill9();
                process.restart();
            }
            Thread.sleep(BETWEEN_KILLS.toMillis());
        }
        for (String service : Services.DATA_PLANE) {
            stack.services().get(service, 0).awaitHealthy(Duration.ofMinutes(2));
        }
        ShopVerification.Result afterKills = verification.afterDrain(DRAIN);
        report("after the kills", afterKills);

        long rows = stack.services()
                .admin()
                .get("/status")
                .body()
                .path("channels")
                .path(0)
                .path("pipelines")
                .path(0)
                .path("captured")
                .asLong();
        long outOfOrder = order.outOfOrder();
        long lost = steady.lost() + afterKills.lost();
        long duplicated = steady.duplicated() + afterKills.duplicated();
        System.out.printf(
                "{\"rows\":%d,\"lost\":%d,\"duplicated\":%d,\"outOfOrder\":%d,\"p50_ms\":%.1f,\"p99_ms\":%.1f}%n",
                rows,
                lost,
                duplicated,
                outOfOrder,
                LagHistogram.percentile(lags, 0.5) / 1000.0,
                LagHistogram.percentile(lags, 0.99) / 1000.0);
        return rows > 0 && lost == 0 && duplicated == 0 && outOfOrder == 0 ? 0 : 1;
    }

    private static void report(String when, ShopVerification.Result result) {
        say(when + ": " + (result.clean() ? "source = target = Redis" : result.toString()));
    }

    private static void say(String line) {
        System.out.println("  " + line);
    }
}
