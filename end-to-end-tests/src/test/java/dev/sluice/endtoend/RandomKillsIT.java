package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.check.OrderWatch;
import dev.sluice.demo.check.ShopVerification;
import dev.sluice.demo.check.SourceLogCheck;
import dev.sluice.demo.shop.ShopLoad;
import dev.sluice.demo.shop.ShopSchema;
import dev.sluice.demo.stack.Services;
import dev.sluice.demo.stack.ShopChannel;
import dev.sluice.demo.stack.Stack;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Services, broker, targets and source are killed with -9 at random under load; then the log must be dense and source,
 * target and Redis equal row by row. {@code -Dsluice.kills=…} makes a longer run, {@code -Dsluice.seed=…} repeats one.
 */
class RandomKillsIT {
    private static final int KILLS = Integer.getInteger("sluice.kills", 8);
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int SHORTEST_PAUSE_MILLIS = 500;
    private static final int LONGEST_PAUSE_MILLIS = 6_000;

    @Test
    void losesNothingWhateverIsKilled() throws Exception {
        kill(KILLS);
    }

    @Test
    @Tag("extended")
    void losesNothingInAHundredKills() throws Exception {
        SharedStack.end(); // there may have been a shop in it
        kill(100);
        SharedStack.end();
    }

    private static void kill(int kills) throws Exception {
        System.out.println("seed " + SEED + ", " + kills + " kills");
        boolean well = false;
        try {
            Stack stack = SharedStack.get();
            for (String service : Services.DATA_PLANE) {
                if (stack.services().all(service).size() == 1) {
                    stack.services().add(service).awaitHealthy(PATIENCE);
                }
            }
            kill(stack, kills);
            well = true;
        } finally {
            // the servers were killed too: whoever comes next finds all of them well, or new ones
            if (well) {
                SharedStack.remove(ShopChannel.CHANNEL);
                SharedStack.get().services().admin().delete("/data-sources/shop-redis");
            } else {
                SharedStack.end();
            }
        }
    }

    private static void kill(Stack stack, int kills) throws Exception {
        Random random = new Random(SEED);
        ShopSchema.create(stack.source());
        ShopSchema.create(stack.target());
        ShopChannel.configure(stack.services().admin(), stack.source(), stack.target(), stack.redis());
        OrderWatch order = OrderWatch.of(stack.target());
        try (ShopLoad load = new ShopLoad(stack.source(), SEED, 2, 100)) {
            Killer killer = new Killer(stack, random);
            for (int kill = 1; kill <= kills; kill++) {
                // the pause is part of what is random: some kills meet a service that has not yet recovered
                Thread.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
                System.out.println("kill " + kill + " of " + kills + ": " + killer.killOne());
            }
            killer.restartAll();
            assertThat(load.transactions()).isPositive();
        }
        ShopVerification.Result result = new ShopVerification(stack).afterDrain(PATIENCE);
        System.out.println(result);
        assertThat(result.examples()).as("seed " + SEED).isEmpty();
        assertThat(result.clean()).as("seed " + SEED).isTrue();
        SourceLogCheck.Result log = SourceLogCheck.read(stack.broker().amqpUri(), ShopChannel.SOURCE);
        System.out.println(log);
        assertThat(log.dense()).as("seed " + SEED + " " + log).isTrue();
        assertThat(log.entries()).isPositive();
        assertThat(order.outOfOrder()).as("seed " + SEED).isZero();
    }
}
