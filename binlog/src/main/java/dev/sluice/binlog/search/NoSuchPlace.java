package dev.sluice.binlog.search;

import java.io.IOException;

/** The binary log has no such place, or no longer; the message says what it has instead. Fatal: asking again does not help. */
public final class NoSuchPlace extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean purged;

    private NoSuchPlace(String message, boolean purged) {
        super(message);
        this.purged = purged;
    }

    static NoSuchPlace never(String message) {
        return new NoSuchPlace(message, false);
    }

    static NoSuchPlace noLonger(String message) {
        return new NoSuchPlace(message, true);
    }

    /** Whether it was there and has been deleted. */
    public boolean purged() {
        return purged;
    }
}
