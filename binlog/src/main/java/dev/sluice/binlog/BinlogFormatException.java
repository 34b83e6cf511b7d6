package dev.sluice.binlog;

import java.io.IOException;

/**
 * The binary log holds something that cannot be read faithfully; the message says what and where and, if there is one,
 * the setting that helps. Fatal: reading again gives the same.
 */
public final class BinlogFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public BinlogFormatException(String message) {
        super(message);
    }

    public BinlogFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
