package dev.sluice.benchmarks.wholeway;

import dev.sluice.benchmarks.measure.Costs;
import dev.sluice.binlog.FilePosition;
import dev.sluice.demo.stack.AdminClient;
import dev.sluice.demo.stack.ServerSettings;
import dev.sluice.demo.stack.Services;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.download.ProjectRoot;
import dev.sluice.testsupport.process.ServiceProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The demo's stack with servers set up for load, and one pipeline at a time. */
final class Rig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> LARGE = List.of("--innodb-buffer-pool-size=768M", "--innodb-log-file-size=512M");
    /** What PEERS measured into: commits reach the file at once and the disk once a second. */
    private static final List<String> NOT_SYNCED = List.of("--sync-binlog=0", "--innodb-flush-log-at-trx-commit=2");

    private final Stack stack;
    private final AdminClient admin;
    private final boolean durable;

    private Rig(Stack stack, boolean durable) {
        this.stack = stack;
        this.durable = durable;
        admin = stack.services().admin();
    }

    /**
     * Starts everything; progress goes to the standard error.
     *
     * @param durable whether the target syncs its log and binlog, and Redis its file, at each commit
     */
    static Rig start(boolean durable) throws IOException {
        List<String> fast = new ArrayList<>(LARGE);
        fast.addAll(NOT_SYNCED);
        ServerSettings settings = new ServerSettings(
                fast, durable ? LARGE : fast, List.of(), durable ? List.of() : List.of("appendfsync everysec"));
        Path work = ProjectRoot.find()
                .resolve(".sluice/benchmarks/" + ProcessHandle.current().pid());
        return new Rig(Stack.start(work, List.of(), settings, System.err::println), durable);
    }

    Stack stack() {
        return stack;
    }

    DatabaseServer source() {
        return stack.source();
    }

    DatabaseServer target() {
        return stack.target();
    }

    boolean durable() {
        return durable;
    }

    /** Tells the admin service of the two places where rows can go. */
    void targets() throws IOException, InterruptedException {
        admin.create("/data-sources", database("target", target()));
        admin.create(
                "/data-sources",
                Map.of(
                        "name", "cache",
                        "kind", "REDIS",
                        "host", stack.redis().host(),
                        "port", stack.redis().port(),
                        "username", "",
                        "password", stack.redis().password(),
                        "tls", "DISABLED"));
    }

    /** Tells it of the source under a name of its own, so with a log of its own, that begins at a place. */
    void source(String name, FilePosition from) throws IOException, InterruptedException {
        Map<String, Object> source = database(name, source());
        source.put(
                "capture",
                Map.of(
                        "start",
                        Map.of("mode", "FILE", "file", from.file(), "offset", from.offset()),
                        "serverId",
                        0,
                        "logMaxBytes",
                        20_000_000_000L,
                        "logMaxAge",
                        "P1D"));
        admin.create("/data-sources", source);
    }

    /** Makes a channel of one pipeline; a paused one is captured and goes no further. */
    void pipeline(String name, String source, Way way, String schema) throws IOException, InterruptedException {
        Map<String, Object> mapping = new LinkedHashMap<>(Map.of("schema", schema, "table", "*"));
        if (way == Way.REDIS) {
            mapping.put("cache", Map.of("key", schema + ":{id}", "format", "JSON"));
        }
        admin.create(
                "/channels",
                Map.of(
                        "name",
                        name,
                        "pipelines",
                        List.of(Map.of(
                                "name",
                                name,
                                "source",
                                source,
                                "target",
                                way == Way.REDIS ? "cache" : "target",
                                "state",
                                way == Way.LOG ? "PAUSED" : "RUNNING",
                                "partitions",
                                Way.PARTITIONS,
                                "mappings",
                                List.of(mapping)))));
    }

    /** Starts a paused pipeline. */
    void resume(String pipeline) throws IOException, InterruptedException {
        admin.post("/pipelines/" + pipeline + "/start", Map.of());
    }

    /** Stops a pipeline, and with it the capture of its source. */
    void stop(String pipeline) throws IOException, InterruptedException {
        admin.post("/pipelines/" + pipeline + "/stop", Map.of());
    }

    /** Waits until a pipeline's source is being captured. */
    void awaitCaptured(String pipeline) throws IOException, InterruptedException {
        String state = "";
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            JsonNode status = status(pipeline);
            state = status.toString();
            if (status.path("capture").path("state").asString("").equals("RUNNING")) {
                return;
            }
        }
        throw new IllegalStateException("the source of " + pipeline + " is not captured: " + state);
    }

    /** What the admin service shows of a pipeline. */
    JsonNode status(String pipeline) throws IOException, InterruptedException {
        for (JsonNode channel : admin.get("/status").body().path("channels")) {
            for (JsonNode one : channel.path("pipelines")) {
                if (one.path("name").asString().equals(pipeline)) {
                    return one;
                }
            }
        }
        return tools.jackson.databind.node.MissingNode.getInstance();
    }

    /** Starts the services anew, so that none is warm from an earlier run. */
    void restartServices() throws IOException {
        for (String service : Services.DATA_PLANE) {
            stack.services().get(service, 0).restart();
        }
        for (String service : Services.DATA_PLANE) {
            stack.services().get(service, 0).awaitHealthy(PATIENCE);
        }
    }

    ServiceProcess service(String name) {
        return stack.services().get(name, 0);
    }

    /** What every process has cost so far. */
    Costs costs() {
        Map<String, OptionalLong> processes = new LinkedHashMap<>();
        for (String service : Services.DATA_PLANE) {
            processes.put(service, service(service).pid());
        }
        processes.put("broker", stack.broker().pid());
        processes.put("source", stack.source().pid());
        processes.put("target", stack.target().pid());
        processes.put("redis", stack.redis().pid());
        return Costs.of(processes);
    }

    @Override
    public void close() {
        stack.close();
    }

    private static Map<String, Object> database(String name, DatabaseServer server) {
        return new LinkedHashMap<>(Map.of(
                "name", name,
                "kind", "MYSQL",
                "host", server.host(),
                "port", server.port(),
                "username", server.user(),
                "password", server.password(),
                "tls", "DISABLED"));
    }
}
