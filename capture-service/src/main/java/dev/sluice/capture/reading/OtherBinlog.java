package dev.sluice.capture.reading;

/** The source's binlog is not the one that the source log was made from; a person must decide how to go on. */
public final class OtherBinlog extends RuntimeException {
    OtherBinlog(String message) {
        super(message);
    }
}
