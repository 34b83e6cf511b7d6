package dev.sluice.capture.reading;

import dev.sluice.binlog.BinlogPosition;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.GtidPosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.SourcePositions;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.InvalidConfiguration;
import java.io.IOException;

/** Where to begin when the source log is empty. */
final class StartPosition {
    private StartPosition() {}

    static BinlogPosition of(CaptureSettings.StartPosition start, SourceAddress source) throws IOException {
        return switch (start.mode()) {
            case NOW -> SourcePositions.of(source, SourceServer.TIMEOUT).current();
            case EARLIEST -> SourcePositions.of(source, SourceServer.TIMEOUT).earliest();
            case FILE -> {
                String file = start.file();
                Long offset = start.offset();
                if (file == null || file.isBlank() || offset == null) {
                    throw new InvalidConfiguration("capture.start", "mode FILE needs file and offset");
                }
                yield new FilePosition(file, offset);
            }
            case TIMESTAMP -> throw new InvalidConfiguration("capture.start", "mode TIMESTAMP cannot be used yet");
            case GTID -> {
                String gtidSet = start.gtidSet();
                if (gtidSet == null) {
                    throw new InvalidConfiguration("capture.start", "mode GTID needs gtidSet");
                }
                yield new GtidPosition(gtidSet);
            }
        };
    }
}
