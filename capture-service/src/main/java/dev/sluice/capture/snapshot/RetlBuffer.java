package dev.sluice.capture.snapshot;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.capture.reading.WritableServer;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.NamePattern;
import dev.sluice.change.config.Pipeline;
import dev.sluice.change.config.Snapshot;
import dev.sluice.change.message.SnapshotLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that somebody asks to be sent again, in a table of the source as otter's free gate has it: each batch becomes a
 * snapshot by keys, and leaves the table once its rows are confirmed in the log. A request that cannot be met stays, is
 * told, and holds those behind it back. Not thread-safe.
 */
public final class RetlBuffer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetlBuffer.class);

    /** No name that a configured snapshot could have. */
    private static final String NAME = "retl_buffer";

    private static final int MOST = 1_000;
    private static final String KEY_SEPARATOR = "\u0001";
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration AFTER_PROBLEM = Duration.ofSeconds(15);

    private final String source;
    private final String table;
    private final WritableServer server;
    private final BooleanSupplier confirmed;
    private final Consumer<@Nullable String> problems;
    private Map<String, List<String>> ids = new LinkedHashMap<>();
    private @Nullable Snapshot shown;
    private boolean underWay;
    private long nextLook = System.nanoTime();

    /**
     * The table of a source.
     *
     * @param table schema and name
     * @param servers of which the one that takes writes has the requests
     * @param confirmed whether all that was copied is confirmed in the log
     * @param problems gets what is wrong with the requests, and null when that is over
     */
    public RetlBuffer(
            String source,
            String table,
            List<SourceAddress> servers,
            BooleanSupplier confirmed,
            Consumer<@Nullable String> problems) {
        this.source = source;
        this.table = Arrays.stream(table.split("\\.", 2))
                .map(part -> TableName.quoted(part))
                .collect(Collectors.joining("."));
        this.server = new WritableServer(servers);
        this.confirmed = confirmed;
        this.problems = problems;
    }

    /** The snapshot of the requests under way, else of the next or the last ones; null if there were none yet. */
    @Nullable
    Snapshot snapshot(Configuration configuration) {
        if (!underWay && System.nanoTime() - nextLook >= 0) {
            nextLook = System.nanoTime() + PERIOD.toNanos();
            try {
                look(configuration);
            } catch (CannotCopy | IOException e) {
                trouble(String.valueOf(e.getMessage()));
            }
        }
        return shown;
    }

    /** Takes the requests out of the table that a snapshot of them has met, if its rows are confirmed. */
    void follow(SnapshotLine state) {
        Snapshot asked = shown;
        if (!underWay
                || asked == null
                || !state.created().equals(asked.created())
                || state.phase() == SnapshotLine.Phase.RUNNING
                || !confirmed.getAsBoolean()) {
            return;
        }
        underWay = false;
        try {
            meet(state);
        } catch (IOException e) {
            trouble("requests were met and could not be deleted, and will be met again: " + e.getMessage());
        }
    }

    private void meet(SnapshotLine state) throws IOException {
        List<String> failed = state.failed().stream()
                .map(each -> each.schema() + "." + each.table())
                .toList();
        if (state.tables() + failed.size() < ids.size()) {
            throw new IOException("one of the tables " + ids.keySet() + " is not there");
        }
        List<String> met = ids.entrySet().stream()
                .filter(each -> !failed.contains(each.getKey()))
                .flatMap(each -> each.getValue().stream())
                .toList();
        if (!met.isEmpty()) {
            server.connection().execute("DELETE FROM " + table + " WHERE id IN (" + String.join(", ", met) + ")");
        }
        LOG.info("{}: {} rows asked for in {} were sent again", source, met.size(), table);
        if (failed.isEmpty()) {
            problems.accept(null);
        } else {
            trouble("rows asked for cannot be sent: "
                    + state.failed().stream()
                            .map(each -> each.schema() + "." + each.table() + ": " + each.error())
                            .collect(Collectors.joining("; ")));
        }
    }

    private void look(Configuration configuration) throws IOException {
        SourceConnection connection = server.connection();
        List<String> pipelines = configuration
                .pipelines()
                .filter(pipeline ->
                        pipeline.source().equals(source) && pipeline.state() != Pipeline.DesiredState.STOPPED)
                .map(Pipeline::name)
                .toList();
        Map<String, List<List<String>>> keys = new LinkedHashMap<>();
        Map<String, List<String>> read = new LinkedHashMap<>();
        for (Map<String, @Nullable String> row : connection
                .query("SELECT id, full_name, type, pk_data FROM " + table + " ORDER BY id LIMIT " + MOST)
                .rows()) {
            String id = Objects.requireNonNull(row.get("id"));
            String name = checked(id, row, configuration, pipelines);
            keys.computeIfAbsent(name, any -> new ArrayList<>())
                    .add(List.of(Objects.requireNonNull(row.get("pk_data")).split(KEY_SEPARATOR, -1)));
            read.computeIfAbsent(name, any -> new ArrayList<>()).add(id);
        }
        if (read.isEmpty()) {
            problems.accept(null);
            return;
        }
        List<Snapshot.Tables> tables = new ArrayList<>();
        keys.forEach((name, wanted) -> {
            int dot = name.indexOf('.');
            tables.add(new Snapshot.Tables(name.substring(0, dot), name.substring(dot + 1), null, wanted));
        });
        ids = read;
        underWay = true;
        shown = new Snapshot(
                NAME,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                source,
                pipelines,
                tables,
                Snapshot.DesiredState.RUNNING,
                1,
                null);
    }

    private String checked(
            String id, Map<String, @Nullable String> row, Configuration configuration, List<String> pipelines) {
        String name = row.get("full_name");
        int dot = name == null ? -1 : name.indexOf('.');
        if (name == null || dot < 1 || !NamePattern.isLiteral(name) || row.get("pk_data") == null) {
            throw refused(id, "needs schema.table in full_name and the key in pk_data");
        }
        if (!"I".equalsIgnoreCase(row.get("type")) && !"U".equalsIgnoreCase(row.get("type"))) {
            throw refused(
                    id, "has type " + row.get("type") + ", and only rows that are there can be sent again (I, U)");
        }
        TableName asked = new TableName(name.substring(0, dot), name.substring(dot + 1), 0);
        if (!TablePlan.isMapped(source, pipelines, configuration, asked)) {
            throw refused(id, "asks for " + name + ", which no running pipeline maps or the capture filter leaves out");
        }
        return name;
    }

    private CannotCopy refused(String id, String why) {
        return new CannotCopy("the row with id " + id + " " + why + "; correct or delete it");
    }

    private void trouble(String what) {
        nextLook = System.nanoTime() + AFTER_PROBLEM.toNanos();
        String told = table + ": " + what;
        problems.accept(told);
        LOG.error("{}: {}", source, told);
        server.close();
    }

    @Override
    public void close() {
        server.close();
    }
}
