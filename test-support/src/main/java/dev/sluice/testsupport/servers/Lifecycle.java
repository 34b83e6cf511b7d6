package dev.sluice.testsupport.servers;

import java.util.OptionalLong;

/** Where a server comes from, and therefore what may be done to it. */
sealed interface Lifecycle permits External, LocalProcess, Container {
    /** SIGKILL: nothing is flushed, nobody is told. */
    void kill9();

    /** Stops in good order; data stays. */
    void stop();

    /** Starts again on the same port and data; stops first when still running. */
    void restart();

    /** Ends it for good; removes the data unless they lie in a directory that was given. */
    void close();

    OptionalLong pid();
}
