package dev.sluice.admin.connection;

import java.util.ArrayList;
import java.util.List;

/** Everything that led to a failure, outermost first, with what was suppressed on the way. */
record Causes(List<Throwable> all) {
    private static final int ENOUGH = 50;

    static Causes of(Throwable failure) {
        List<Throwable> all = new ArrayList<>();
        collect(failure, all);
        return new Causes(all);
    }

    boolean has(Class<?> type) {
        return all.stream().anyMatch(type::isInstance);
    }

    /** Whether one says this at the beginning of its message. */
    boolean say(String beginning) {
        return all.stream().anyMatch(cause -> String.valueOf(cause.getMessage()).startsWith(beginning));
    }

    /** The message of the innermost. */
    String last() {
        return String.valueOf(all.get(all.size() - 1).getMessage());
    }

    private static void collect(Throwable failure, List<Throwable> all) {
        for (Throwable cause = failure; cause != null && all.size() < ENOUGH; cause = cause.getCause()) {
            all.add(cause);
            for (Throwable suppressed : cause.getSuppressed()) {
                collect(suppressed, all);
            }
        }
    }
}
