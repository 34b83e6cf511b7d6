package dev.sluice.binlog.event;

import java.io.IOException;

/** The server has nothing more to send: it stops, or the dump was asked to end with the log. */
public final class DumpEnded extends IOException {
    private static final long serialVersionUID = 1;

    DumpEnded(String message) {
        super(message);
    }
}
