package dev.sluice.endtoend;

import dev.sluice.demo.stack.Services;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.process.ServiceProcess;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Kills one thing at a time with -9 and starts it again at once or, for a service, some kills later. */
final class Killer {
    private final Stack stack;
    private final Random random;

    Killer(Stack stack, Random random) {
        this.stack = stack;
        this.random = random;
    }

    /** Kills something; says what. */
    String killOne() throws IOException {
        if (random.nextInt(3) == 0) {
            restartAll();
        }
        switch (random.nextInt(10)) {
            case 0:
                stack.broker().kill9();
                stack.broker().restart();
                return "broker";
            case 1:
                stack.target().kill9();
                stack.target().restart();
                return "target";
            case 2:
                stack.redis().kill9();
                stack.redis().restart();
                return "redis";
            case 3:
                stack.source().kill9();
                stack.source().restart();
                return "source";
            default:
                return killService();
        }
    }

    /** Starts every service that is down. */
    void restartAll() throws IOException {
        stack.services().restartDead();
    }

    private String killService() throws IOException {
        String service = Services.DATA_PLANE.get(random.nextInt(Services.DATA_PLANE.size()));
        List<ServiceProcess> instances = stack.services().all(service);
        ServiceProcess victim = instances.get(random.nextInt(instances.size()));
        victim.kill9();
        if (random.nextBoolean()) {
            victim.restart();
        }
        return victim.name();
    }
}
