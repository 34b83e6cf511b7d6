package dev.sluice.broker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service does about an {@link Error} such as a lack of memory, which no worker catches: a service that looks alive
 * and does nothing is worse than one that is started again, and kill -9 loses nothing.
 */
public final class Errors {
    /** As sysexits.h has it for software that is at fault. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    /** From now on the process ends at once when a thread dies of an error. */
    public static void endTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
            try {
                LOG.error("thread {} died", thread.getName(), problem);
                if (problem instanceof Error) {
                    LOG.error("the process ends, to be started again; give it more memory if that is what was missing");
                }
            } finally {
                if (problem instanceof Error) {
                    Runtime.getRuntime().halt(EXIT_CODE);
                }
            }
        });
    }
}
