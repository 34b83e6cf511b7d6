package dev.sluice.admin.position;

import dev.sluice.admin.configuration.Configurations;
import dev.sluice.admin.configuration.Edit;
import dev.sluice.admin.configuration.Scope;
import dev.sluice.admin.connection.BinlogAddresses;
import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.admin.status.LogEnds;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.search.BinlogFile;
import dev.sluice.binlog.search.NoSuchPlace;
import dev.sluice.binlog.search.Place;
import dev.sluice.binlog.search.PlaceFinder;
import dev.sluice.change.config.CaptureSettings;
import dev.sluice.change.config.CaptureSettings.StartPosition;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.PositionReset;
import dev.sluice.change.config.ServerAddress;
import dev.sluice.change.status.CaptureStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The positions of captures: what one means, and the wish to jump to it. */
@Service
class Positions {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Edit ANYBODY = new Edit("", null);

    private final Configurations configurations;
    private final BinlogAddresses addresses;
    private final LogEnds logEnds;

    Positions(Configurations configurations, BinlogAddresses addresses, LogEnds logEnds) {
        this.configurations = configurations;
        this.addresses = addresses;
        this.logEnds = logEnds;
    }

    /** Asks the server; refused like {@link #jump} if the position cannot be set. */
    PositionPreview preview(String name, StartPosition position) {
        Configuration wanted = configurations.preview(
                ANYBODY, new Scope.OfDataSource(name), current -> jumping(current, name, position, 1));
        DataSource source = wanted.dataSource(name).orElseThrow();
        Optional<CaptureStatus> log = logEnds.of(name);
        ServerAddress server = server(source, log);
        SourceAddress address = addresses.of(source, server);
        PlaceFinder finder = new PlaceFinder(address, TIMEOUT);
        try {
            Place place = find(finder, position);
            boolean mariaDb = source.kind() == DataSource.Kind.MARIADB;
            List<BinlogFile> later = finder.files().stream()
                    .filter(file -> new FilePosition(file.name(), Long.MAX_VALUE).compareTo(place.position()) >= 0)
                    .toList();
            return new PositionPreview(
                    server.toString(),
                    true,
                    null,
                    false,
                    place.position().file(),
                    place.position().offset(),
                    place.executed().isEmpty() ? null : place.executed(),
                    place.next(),
                    place.nextGtid(),
                    later.stream().mapToLong(BinlogFile::size).sum()
                            - place.position().offset(),
                    later.size() - 1,
                    log.map(end -> LogDifference.between(end, place, mariaDb)).orElse(null));
        } catch (NoSuchPlace e) {
            return PositionPreview.impossible(server.toString(), e.purged(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return PositionPreview.impossible(server.toString(), false, String.valueOf(e.getMessage()));
        }
    }

    /** Wishes that the capture goes on at a position, whatever its log has. */
    PositionJump jump(String name, StartPosition position, Edit edit) {
        Configuration changed = configurations
                .change(
                        edit,
                        "set position of " + name + " to " + position,
                        new Scope.OfDataSource(name),
                        // versions only grow, also over a rollback
                        current -> jumping(current, name, position, current.version() + 1))
                .document();
        CaptureSettings capture =
                Objects.requireNonNull(changed.dataSource(name).orElseThrow().capture());
        return new PositionJump(name, Objects.requireNonNull(capture.reset()), changed.version());
    }

    private static Place find(PlaceFinder finder, StartPosition position) throws IOException {
        return switch (position.mode()) {
            case NOW -> finder.at(finder.end().position());
            case EARLIEST -> finder.earliest();
            case FILE ->
                finder.at(new FilePosition(
                        Objects.requireNonNull(position.file()), Objects.requireNonNull(position.offset())));
            case GTID -> finder.behind(Objects.requireNonNull(position.gtidSet()));
            case TIMESTAMP -> finder.at(Objects.requireNonNull(position.timestamp()));
        };
    }

    private static Configuration jumping(Configuration current, String name, StartPosition position, long generation) {
        DataSource source = current.dataSource(name).orElseThrow(() -> Refusal.notFound("data source", name));
        CaptureSettings capture = source.capture();
        if (capture == null) {
            throw Refusal.invalid(
                    List.of(new FieldError("capture", "is missing; a server that is never a source has no position")));
        }
        DataSource jumping = source.withCapture(capture.withReset(new PositionReset(generation, position)));
        return current.withDataSources(current.dataSources().stream()
                .map(each -> each.name().equals(name) ? jumping : each)
                .toList());
    }

    /** The server that the capture reads, if it is still one of the source's; else the first. */
    private static ServerAddress server(DataSource source, Optional<CaptureStatus> log) {
        List<ServerAddress> all = source.servers();
        return log.flatMap(status -> Optional.ofNullable(status.server()))
                .flatMap(read -> all.stream()
                        .filter(each -> each.toString().equals(read.address()))
                        .findFirst())
                .orElse(all.get(0));
    }
}
