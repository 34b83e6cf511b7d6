package dev.sluice.binlog;

import java.io.IOException;

/**
 * The source no longer has the log at the wanted position. Fatal: the stretch up to what it still has is lost to this
 * reader, so the choice of a new position, or of a new snapshot, is the operator's.
 */
public final class PositionPurged extends IOException {
    private static final long serialVersionUID = 1;

    PositionPurged(BinlogPosition wanted, Throwable cause) {
        super(
                "the source no longer has its binary log at " + wanted + " (" + cause.getMessage()
                        + "); choose a later position or take a new snapshot, and raise binlog_expire_logs_seconds"
                        + " (MariaDB and MySQL 5.7: expire_logs_days) on the source",
                cause);
    }
}
