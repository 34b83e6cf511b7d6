package dev.sluice.capture.schema;

import dev.sluice.binlog.DdlSearch;
import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.protocol.ServerError;
import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.binlog.schema.LiveTable;
import dev.sluice.binlog.schema.LiveTables;
import dev.sluice.change.config.ReservedSchemas;
import dev.sluice.change.schema.TableDefinition;
import dev.sluice.change.schema.TableVersion;
import dev.sluice.change.schema.TableVersion.Name;
import dev.sluice.change.schema.VersionPlace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks tables up at the source. What a table is now it was at an earlier place only if no statement in between changed
 * it, so the log is searched for those; where there is one, the table is given up rather than misread. Not thread-safe.
 */
final class TableLookup {
    private static final Logger LOG = LoggerFactory.getLogger(TableLookup.class);
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** Errors of accounts that lack a privilege; whatever else a server says may pass. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);

    private static final String LOOKED_UP = "looked up at the source";
    private static final String ANEW = "; set the position of the source behind it and snapshot the table anew";

    private final SourceAddress address;
    private final Definitions definitions;
    private final FollowedTables followed;
    private final DdlAhead ahead;
    /** So that a version has one shape, which those behind compare by identity. */
    private final Map<TableVersion, TableShape> shapes = new WeakHashMap<>();

    TableLookup(SourceAddress address, Definitions definitions, FollowedTables followed) {
        this.address = address;
        this.definitions = definitions;
        this.followed = followed;
        ahead = new DdlAhead(new DdlSearch(address, TIMEOUT), followed::parse);
    }

    TableShape shape(TableVersion version) {
        return shapes.computeIfAbsent(
                version, each -> definitions.shape(each.name(), Objects.requireNonNull(each.definition())));
    }

    /** Why rows were not logged with a version; null if nothing speaks against it. */
    @Nullable
    String misfit(TableVersion version, BareTable table) {
        try {
            return table.misfit(shape(version));
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** All tables and schemas that are now what they were at a place; others have to be looked up when they are met. */
    List<TableVersion> all(BiPredicate<String, String> wanted, VersionPlace place) throws IOException {
        List<TableVersion> versions = new ArrayList<>();
        FilePosition from = new FilePosition(place.file(), place.offset());
        try (LiveTables live = LiveTables.open(address, TIMEOUT)) {
            for (Map.Entry<String, List<String>> schema : live.names().entrySet()) {
                for (String table : schema.getValue()) {
                    if (!ReservedSchemas.has(schema.getKey()) && wanted.test(schema.getKey(), table)) {
                        add(versions, live, followed.name(schema.getKey(), table), place);
                    }
                }
            }
            for (Map.Entry<String, String> schema : live.schemas().entrySet()) {
                if (!ReservedSchemas.has(schema.getKey())) {
                    TableDefinition definition = new TableDefinition(schema.getValue(), List.of(), List.of());
                    versions.add(TableVersion.known(place, LOOKED_UP, definition, followed.name(schema.getKey(), "")));
                }
            }
            FilePosition to = live.endOfLog();
            List<TableVersion> same = new ArrayList<>();
            for (TableVersion version : versions) {
                if (ahead.changing(version.name(), from, 0, to) == null) {
                    same.add(version);
                }
            }
            return same;
        }
    }

    private void add(List<TableVersion> versions, LiveTables live, Name name, VersionPlace place) throws IOException {
        try {
            LiveTable table = live.read(name.schema(), name.table());
            if (table.shape() != null) {
                versions.add(TableVersion.known(place, LOOKED_UP, definitions.of(table), name));
            }
        } catch (ServerError | IllegalArgumentException e) {
            LOG.warn("{} cannot be looked up now: {}", name, e.getMessage());
        }
    }

    /**
     * A table as it was at the beginning of a transaction.
     *
     * @param statements of that transaction that are in force already
     * @throws IOException if the source cannot be asked now
     */
    TableVersion at(Name name, BareTable table, VersionPlace place, int statements) throws IOException {
        try (LiveTables live = LiveTables.open(address, TIMEOUT)) {
            LiveTable found = live.read(name.schema(), name.table());
            FilePosition from = new FilePosition(place.file(), place.offset());
            DdlStatement later = ahead.changing(name, from, statements, found.place());
            if (later != null) {
                String sql = later.sql().substring(0, Math.min(100, later.sql().length()));
                return TableVersion.stopped(
                        place,
                        "what its columns were is not known, for it was changed at " + later.file() + ":"
                                + later.offset() + " (" + sql + ") before it was looked up" + ANEW,
                        name);
            }
            return version(name, table, place, found);
        } catch (IllegalArgumentException e) {
            return TableVersion.stopped(place, e.getMessage() + ANEW, name);
        } catch (ServerError e) {
            if (!DENIED.contains(e.code())) {
                throw new IOException(name + " cannot be looked up: " + e.getMessage(), e);
            }
            return TableVersion.stopped(
                    place, "it cannot be looked up (" + e.getMessage() + "); GRANT SELECT on it" + ANEW, name);
        }
    }

    private TableVersion version(Name name, BareTable table, VersionPlace place, LiveTable found) {
        if (found.shape() == null) {
            return TableVersion.stopped(place, "it is no longer there, so what its columns were is not known", name);
        }
        TableVersion version = TableVersion.known(place, LOOKED_UP, definitions.of(found), name);
        String misfit = misfit(version, table);
        return misfit == null ? version : TableVersion.stopped(place, misfit + ANEW, name);
    }
}
