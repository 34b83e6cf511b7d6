package dev.sluice.testsupport.servers;

import java.util.OptionalLong;

/** A server that somebody else runs and that was given by URL. */
record External(String setting) implements Lifecycle {
    @Override
    public void kill9() {
        throw notOurs();
    }

    @Override
    public void stop() {
        throw notOurs();
    }

    @Override
    public void restart() {
        throw notOurs();
    }

    @Override
    public void close() {
        // it was there before
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.empty();
    }

    private UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException("the server given by " + setting
                + " is not ours to stop; unset it, so that a private server is started instead");
    }
}
