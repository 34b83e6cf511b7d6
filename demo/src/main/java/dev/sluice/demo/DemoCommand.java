package dev.sluice.demo;

import dev.sluice.demo.shop.ShopLoad;
import dev.sluice.demo.shop.ShopSchema;
import dev.sluice.demo.stack.ShopChannel;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.download.ProjectRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** {@code ./sluice demo}: real servers, the five services, a shop under load; with {@code --check} it judges itself. */
@CommandLine.Command(
        name = "demo",
        description = "Starts real servers and the services, and keeps a shop database in step under load.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int RESTART_SECONDS = 10;

    @CommandLine.Option(
            names = "--check",
            description =
                    "without a person: load, kill -9 of every service, comparison; exit code 0 if nothing is wrong")
    private boolean check;

    @CommandLine.Option(
            names = "--rate",
            description = "shop transactions a second (default: ${DEFAULT-VALUE})",
            defaultValue = "100")
    private int rate;

    @CommandLine.Option(names = "--seed", description = "seed of the load (default: from the clock)")
    private long seed = System.nanoTime() & 0xffffff;

    @Override
    public Integer call() throws Exception {
        Path work = RunFolder.fresh(ProjectRoot.find().resolve(".sluice/demo"));
        return check ? new DemoCheck(work, seed).run() : show(work);
    }

    private int show(Path work) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            try {
                ended.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        System.out.println("Starting MySQL (source and target), RabbitMQ, Redis and the five services. Logs: " + work);
        try (Stack stack = Stack.start(work, List.of(), line -> System.out.println("  " + line))) {
            ShopSchema.create(stack.source());
            ShopSchema.create(stack.target());
            ShopChannel.configure(stack.services().admin(), stack.source(), stack.target(), stack.redis());
            new Invitation(stack).print(System.out);
            try (ShopLoad load = new ShopLoad(stack.source(), seed, 2, rate)) {
                LiveView view = new LiveView(stack.services().admin(), System.out, System.console() != null);
                for (int second = 1; !stopped.await(1, TimeUnit.SECONDS); second++) {
                    view.tick(load.transactions());
                    if (second % RESTART_SECONDS == 0) {
                        stack.services().restartDead();
                    }
                }
            }
            System.out.println("Stopping …");
        } finally {
            ended.countDown();
        }
        return 0;
    }
}
