package dev.sluice.binlog.search;

import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.SourcePositions;
import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Looks places up in the binary log of one source, on connections of its own; a file is read from its head up to the
 * place. Stateless but for the address.
 */
public final class PlaceFinder {
    private final SourceAddress address;
    private final Duration timeout;

    public PlaceFinder(SourceAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** Where the log begins. */
    public Place earliest() throws IOException {
        return at(new FilePosition(files().get(0).name(), 4));
    }

    /** Where the log ends now. */
    public Place end() throws IOException {
        SourcePositions positions = SourcePositions.of(address, timeout);
        return new Place(positions.current(), positions.executedGtids(), null, null);
    }

    /**
     * A place given by file and offset.
     *
     * @throws NoSuchPlace if no transaction begins there
     */
    public Place at(FilePosition wanted) throws IOException {
        List<BinlogFile> files = files();
        long size = files.stream()
                .filter(file -> file.name().equals(wanted.file()))
                .findFirst()
                .orElseThrow(() -> noSuchFile(wanted.file(), files))
                .size();
        if (wanted.offset() > size) {
            throw NoSuchPlace.never(wanted.file() + " has only " + size + " bytes");
        }
        try (FileScan scan = FileScan.open(address, timeout, wanted.file())) {
            FilePosition before = new FilePosition(wanted.file(), 4);
            boolean more = scan.next();
            // nothing but events of the file itself stands in front of its first transaction
            boolean between = !more || isAtOrBehind(scan.place(), wanted);
            while (more && !isAtOrBehind(scan.place(), wanted)) {
                before = scan.place();
                more = scan.next();
            }
            FilePosition after = more ? scan.place() : scan.end();
            if (!between && !wanted.equals(after) && !wanted.equals(scan.tail()) && wanted.offset() != size) {
                throw NoSuchPlace.never("no transaction begins at " + wanted + "; the nearest places are " + before
                        + " and " + (after.file().equals(wanted.file()) ? after : scan.tail()));
            }
            return new Place(wanted, scan.executed(), more ? scan.committed() : null, more ? scan.gtid() : null);
        }
    }

    private static boolean isAtOrBehind(FilePosition place, FilePosition wanted) {
        return !place.file().equals(wanted.file()) || place.offset() >= wanted.offset();
    }

    /**
     * The first transaction committed at a time or later, or the log's end if there is none.
     *
     * @throws NoSuchPlace if what was committed then may have been deleted
     */
    public Place at(Instant time) throws IOException {
        List<BinlogFile> files = files();
        int low = 0;
        int high = files.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (began(files.get(middle)).isAfter(time)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        if (low == 0 && began(files.get(0)).isAfter(time) && !nothingDeleted()) {
            throw NoSuchPlace.noLonger(
                    "the oldest binary log file " + files.get(0).name() + " begins at "
                            + began(files.get(0)) + ", so changes since " + time
                            + " may be deleted already; choose a later time, or EARLIEST and a new snapshot");
        }
        try (FileScan scan = FileScan.open(address, timeout, files.get(low).name())) {
            while (scan.next()) {
                if (!scan.committed().isBefore(time)) {
                    return new Place(scan.place(), scan.executed(), scan.committed(), scan.gtid());
                }
            }
            return new Place(scan.end(), scan.executed(), null, null);
        }
    }

    /**
     * The first transaction that is not among those executed, or the log's end if there is none.
     *
     * @throws NoSuchPlace if that transaction was deleted
     */
    public Place behind(String gtids) throws IOException {
        List<BinlogFile> files = files();
        String missing = "";
        for (int i = files.size() - 1; i >= 0; i--) {
            try (FileScan scan = FileScan.open(address, timeout, files.get(i).name())) {
                missing = scan.missing(gtids);
                if (missing.isEmpty()) {
                    ExecutedGtids executed = scan.executed(gtids);
                    boolean more = scan.next();
                    while (more && executed.contains(String.valueOf(scan.gtid()))) {
                        more = scan.next();
                    }
                    FilePosition place = more ? scan.place() : scan.end();
                    return new Place(place, executed.text(), more ? scan.committed() : null, more ? scan.gtid() : null);
                }
            }
        }
        throw NoSuchPlace.noLonger("the source has deleted the binary log with " + missing + ", which comes before "
                + files.get(0).name());
    }

    /** When a file was begun. */
    public Instant began(BinlogFile file) throws IOException {
        try (FileScan scan = FileScan.open(address, timeout, file.name())) {
            Instant began = scan.began();
            if (began == null) {
                throw NoSuchPlace.never("binary log file " + file.name() + " has no beginning");
            }
            return began;
        }
    }

    /** The files the source has, oldest first. */
    public List<BinlogFile> files() throws IOException {
        try (SourceConnection connection = SourceConnection.open(address, timeout)) {
            List<BinlogFile> files = BinlogFile.all(connection);
            if (files.isEmpty()) {
                throw NoSuchPlace.never("the source has no binary log");
            }
            return files;
        }
    }

    private boolean nothingDeleted() throws IOException {
        SourcePositions positions = SourcePositions.of(address, timeout);
        return !positions.mariaDb()
                && !positions.executedGtids().isEmpty()
                && positions.purgedGtids().isEmpty();
    }

    private static NoSuchPlace noSuchFile(String name, List<BinlogFile> files) {
        String first = files.get(0).name();
        String message = "the source has no binary log file " + name + "; it has " + first + " to "
                + files.get(files.size() - 1).name();
        boolean older = name.length() == first.length() && name.compareTo(first) < 0;
        return older ? NoSuchPlace.noLonger(message) : NoSuchPlace.never(message);
    }
}
