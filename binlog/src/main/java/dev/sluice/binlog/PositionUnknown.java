package dev.sluice.binlog;

import java.io.IOException;

/**
 * The source has never had the wanted position: it is another server, was reset, or was restored from an older state.
 * Fatal: which position continues the changes read so far, if one does, only the operator can say.
 */
public final class PositionUnknown extends IOException {
    private static final long serialVersionUID = 1;

    PositionUnknown(BinlogPosition wanted, Throwable cause) {
        super(
                "the source does not know the position " + wanted + " (" + cause.getMessage()
                        + "); it is another server, or was reset or restored: choose a position that it has, or take a new"
                        + " snapshot",
                cause);
    }
}
