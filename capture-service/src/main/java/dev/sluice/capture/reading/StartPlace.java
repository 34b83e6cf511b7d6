package dev.sluice.capture.reading;

import dev.sluice.binlog.BinlogPosition;
import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.GtidPosition;
import dev.sluice.binlog.search.Place;
import dev.sluice.binlog.search.PlaceFinder;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.config.InvalidConfiguration;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in the binlog of a server that does not come from the log.
 *
 * @param file empty if it is given by GTIDs
 * @param executed GTIDs of everything before it; null if the server has none
 */
record StartPlace(
        BinlogPosition position,
        String file,
        long offset,
        @Nullable String executed) {
    /** Finds on a server what the settings say. */
    static StartPlace of(StartPosition wanted, SourceServer server) throws IOException {
        PlaceFinder finder = finder(server);
        return switch (wanted.mode()) {
            case NOW -> of(finder.at(finder.end().position()), server);
            case EARLIEST -> of(finder.earliest(), server);
            case FILE -> {
                String file = wanted.file();
                Long offset = wanted.offset();
                if (file == null || file.isBlank() || offset == null) {
                    throw new InvalidConfiguration("capture.start", "mode FILE needs file and offset");
                }
                yield of(finder.at(new FilePosition(file, offset)), server);
            }
            case GTID -> {
                String gtidSet = wanted.gtidSet();
                if (gtidSet == null) {
                    throw new InvalidConfiguration("capture.start", "mode GTID needs gtidSet");
                }
                String normal = ExecutedGtids.parse(gtidSet, server.mariaDb()).text();
                yield new StartPlace(new GtidPosition(normal), "", 0, normal);
            }
            case TIMESTAMP -> {
                Instant timestamp = wanted.timestamp();
                if (timestamp == null) {
                    throw new InvalidConfiguration("capture.start", "mode TIMESTAMP needs timestamp");
                }
                yield of(finder.at(timestamp), server);
            }
        };
    }

    static PlaceFinder finder(SourceServer server) {
        return new PlaceFinder(server.address(), SourceServer.TIMEOUT);
    }

    private static StartPlace of(Place place, SourceServer server) {
        return new StartPlace(
                place.position(),
                place.position().file(),
                place.position().offset(),
                server.gtids() ? place.executed() : null);
    }
}
