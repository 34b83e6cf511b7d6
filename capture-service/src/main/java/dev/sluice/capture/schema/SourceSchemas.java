package dev.sluice.capture.schema;

import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.SourcePositions;
import dev.sluice.binlog.TransactionStart;
import dev.sluice.binlog.row.BareTable;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.binlog.schema.LiveTables;
import dev.sluice.capture.reading.SourceServer;
import dev.sluice.capture.takeover.SchemaLog;
import dev.sluice.change.message.TransactionLine;
import dev.sluice.change.schema.SchemaHistory;
import dev.sluice.change.schema.TableVersion;
import dev.sluice.change.schema.TableVersion.Name;
import dev.sluice.change.schema.TableVersion.State;
import dev.sluice.change.schema.VersionPlace;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.schema.Charsets;
import dev.sluice.ddl.schema.ServerRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tables of a source look like at the place of the binlog that is being read, where the binlog does not say it
 * itself. Versions come from the history, from statements in the binlog, and where neither is enough from looking the
 * table up; each is in the history before a row is decoded with it. Not thread-safe.
 */
public final class SourceSchemas {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSchemas.class);
    private static final int REMEMBERED = 20_000;
    /** Versions beyond which the history is made shorter when it is taken over. */
    private static final int COMPACT = 1_000;

    private static final int VERSIONS_OF_A_TABLE = 200;

    private final String source;
    private final SchemaLog log;
    private final TableLookup lookup;
    private final FollowedTables followed;
    private final OnlineChanges online;
    private final BiPredicate<String, String> wanted;
    private final BiPredicate<String, String> ghosts;
    private final Consumer<List<TableVersion>> stopped;
    /** Whether the source logs the names of columns from now on. */
    private final boolean named;

    private final Map<Name, TableVersion> inForce = new HashMap<>();
    /** Versions that were made when the log was read before, by their transactions. */
    private final List<TableVersion> ahead;
    /** What was said of a table map; empty as soon as anything changes. */
    private final Map<BareTable, Answer> answers = new IdentityHashMap<>();

    private VersionPlace now;
    private int statements;
    private @Nullable TableShape lastLeftOut;

    /** A shape; null if rows are passed over. */
    private record Answer(@Nullable TableShape shape) {}

    private SourceSchemas(
            String source,
            SchemaLog log,
            TableLookup lookup,
            FollowedTables followed,
            VersionOrder order,
            VersionPlace begin,
            boolean named,
            BiPredicate<String, String> wanted,
            BiPredicate<String, String> ghosts,
            Consumer<List<TableVersion>> stopped) {
        online = new OnlineChanges(source, followed, ghosts);
        this.source = source;
        this.log = log;
        this.lookup = lookup;
        this.followed = followed;
        this.named = named;
        this.wanted = wanted;
        this.ghosts = ghosts;
        this.stopped = stopped;
        now = begin;
        ahead = log.history().tables().values().stream()
                .flatMap(List::stream)
                .filter(version -> !order.holds(version))
                .collect(Collectors.toCollection(ArrayList::new));
        for (List<TableVersion> versions : log.history().tables().values()) {
            versions.stream()
                    .filter(order::holds)
                    .reduce((one, other) -> VersionOrder.isBehind(one, other) ? one : other)
                    .ifPresent(this::take);
        }
        tellStopped();
    }

    /**
     * Schemas as they are where reading begins.
     *
     * @param wanted which tables are, as the filter in force says whenever it is asked
     * @param ghosts which are left out as those that tools make for online schema changes
     * @param stopped is told the tables of which rows are left out
     */
    public static SourceSchemas at(
            TransactionLine begin,
            SourceServer server,
            String source,
            SchemaLog log,
            BiPredicate<String, String> wanted,
            BiPredicate<String, String> ghosts,
            Consumer<List<TableVersion>> stopped)
            throws IOException, InterruptedException {
        try (LiveTables live = LiveTables.open(server.address(), TableLookup.TIMEOUT)) {
            Definitions definitions = new Definitions(live.collations());
            Charsets charsets = Charsets.of(live.collations().stream()
                    .map(each -> new Charsets.Collation(each.name(), each.charset(), each.isDefault(), each.width()))
                    .toList());
            ServerRules rules = new ServerRules(
                    charsets,
                    live.variable("explicit_defaults_for_timestamp").equals("ON"),
                    !live.variable("lower_case_table_names").equals("0"));
            FollowedTables followed = new FollowedTables(rules, definitions, live.version());
            compact(log, server);
            return new SourceSchemas(
                    source,
                    log,
                    new TableLookup(server.address(), definitions, followed),
                    followed,
                    new VersionOrder(begin, server.id(), server.mariaDb()),
                    new VersionPlace(server.id(), begin.file(), begin.offset(), null, false, begin.time()),
                    live.variable("binlog_row_metadata").equalsIgnoreCase("FULL"),
                    wanted,
                    ghosts,
                    stopped);
        }
    }

    /** Forgets what was before the oldest place of the binlog that anybody can begin at. */
    private static void compact(SchemaLog log, SourceServer server) throws IOException, InterruptedException {
        SchemaHistory history = log.history();
        if (history.size() > COMPACT + 3 * history.tables().size()) {
            FilePosition earliest =
                    SourcePositions.of(server.address(), SourceServer.TIMEOUT).earliest();
            VersionOrder oldest = new VersionOrder(earliest, server.id(), null, null);
            log.checkpoint(history.kept(oldest::holds, VERSIONS_OF_A_TABLE));
        }
    }

    /** Other tables may be wanted from here on. */
    public void filterChanged() {
        answers.clear();
    }

    /** Looks all wanted tables up, if nothing is known yet and the source does not log the names of columns. */
    public void lookUpAll() throws IOException, InterruptedException {
        if (log.history().size() == 0 && !now.file().isEmpty() && !named) {
            List<TableVersion> all = lookup.all(wanted.or(ghosts), now);
            LOG.info("{}: looked {} tables up, for the source does not log the names of columns", source, all.size());
            record(all);
        }
    }

    /** Tables that were given up are looked up anew, for somebody has set the place. */
    public void releaseStopped() throws IOException, InterruptedException {
        record(inForce.values().stream()
                .filter(version -> version.state() == State.STOPPED)
                .map(version -> TableVersion.without(State.UNKNOWN, now, "the position was set", version.name()))
                .toList());
    }

    /** A transaction begins. */
    public void begin(TransactionStart start) {
        now = new VersionPlace(
                now.server(), start.file(), start.startOffset(), start.gtid(), false, start.commitMicros());
        statements = 0;
    }

    /** Rows of a table are left out, as the filter wants it. */
    public void leavesOut(TableShape table) {
        if (table != lastLeftOut) {
            lastLeftOut = table;
            online.leavesOut(table.schema(), table.table());
        }
    }

    /** The shape of a table at this place; null if its rows are to be passed over. */
    public @Nullable TableShape shapeOf(BareTable table) throws IOException, InterruptedException {
        Answer answer = answers.get(table);
        if (answer == null) {
            boolean asked = wanted.test(table.schema(), table.table());
            if (!asked) {
                online.leavesOut(table.schema(), table.table());
            }
            answer = new Answer(asked ? fitting(table) : null);
            if (answers.size() >= REMEMBERED) {
                answers.clear();
            }
            answers.put(table, answer);
        }
        return answer.shape;
    }

    private @Nullable TableShape fitting(BareTable table) throws IOException, InterruptedException {
        Name name = followed.name(table.schema(), table.table());
        takeAhead(name);
        TableVersion version = inForce.get(name);
        if (version != null && version.state() == State.STOPPED) {
            return null;
        }
        if (version != null && version.state() == State.KNOWN) {
            String misfit = lookup.misfit(version, table);
            if (misfit == null) {
                return lookup.shape(version);
            }
            LOG.warn("{}: {} does not fit what is known of it: {}; looking it up", source, name, misfit);
        }
        TableVersion looked = lookup.at(name, table, now, statements);
        record(List.of(looked));
        if (looked.state() == State.STOPPED) {
            LOG.error(
                    "{}: the rows of {} are left out from {}:{} on: {}",
                    source,
                    name,
                    now.file(),
                    now.offset(),
                    looked.reason());
            return null;
        }
        return lookup.shape(looked);
    }

    /**
     * Follows a statement; what it changes is in the history when this returns.
     *
     * @return the statements that say the same to whoever does not see the tables of online schema changes
     */
    public List<String> ddl(DdlStatement statement) throws IOException, InterruptedException {
        statements++;
        answers.clear();
        boolean follows = FollowedTables.follows(inForce);
        boolean onlineChange = OnlineChanges.mayConcern(statement);
        VersionPlace behind = new VersionPlace(now.server(), now.file(), now.offset(), now.gtid(), true, now.time());
        List<TableVersion> known =
                ahead.stream().filter(version -> isAt(version, behind)).toList();
        if (!follows && !onlineChange && known.isEmpty()) {
            return List.of(statement.sql());
        }
        Ddl ddl = followed.parse(statement);
        List<String> told = onlineChange ? online.told(ddl, statement, inForce) : List.of(statement.sql());
        List<TableVersion> changed = follows ? followed.apply(ddl, statement, behind, inForce) : List.of();
        if (onlineChange) {
            changed = online.remembered(ddl, statement, behind, inForce, changed);
        }
        if (known.isEmpty()) {
            record(changed);
        } else {
            known.forEach(this::take);
            ahead.removeAll(known);
            tellStopped();
        }
        return told;
    }

    private static boolean isAt(TableVersion version, VersionPlace place) {
        return version.place().behind() == place.behind() && version.place().sameTransaction(place);
    }

    /** What was found out about a table when this transaction was read before. */
    private void takeAhead(Name name) {
        for (TableVersion version : List.copyOf(ahead)) {
            if (version.name().equals(name) && isAt(version, now)) {
                take(version);
                ahead.remove(version);
                tellStopped();
            }
        }
    }

    private void record(List<TableVersion> versions) throws IOException, InterruptedException {
        if (!versions.isEmpty()) {
            log.append(versions);
            versions.forEach(this::take);
            tellStopped();
        }
    }

    private void take(TableVersion version) {
        answers.clear();
        inForce.put(version.name(), version);
        followed.take(version);
    }

    private void tellStopped() {
        stopped.accept(inForce.values().stream()
                .filter(version -> version.state() == State.STOPPED)
                .toList());
    }
}
