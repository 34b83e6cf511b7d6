package dev.sluice.demo.stack;

import dev.sluice.demo.shop.ShopSchema;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The demo's channel: the shop's tables to the second MySQL, its orders and customers to Redis. */
public final class ShopChannel {
    public static final String CHANNEL = "shop";
    public static final String SOURCE = "shop-source";
    public static final String COPY = "shop-copy";
    public static final String CACHE = "shop-cache";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ShopChannel() {}

    /**
     * Configures it through REST, as an operator or a script would, and waits until every stage runs: what is written
     * before that is before the beginning, for the source starts from "now".
     */
    public static void configure(AdminClient admin, DatabaseServer source, DatabaseServer target, RedisServer redis)
            throws IOException, InterruptedException {
        admin.create(
                "/data-sources",
                Map.of(
                        "name", SOURCE,
                        "kind", "MYSQL",
                        "host", source.host(),
                        "port", source.port(),
                        "username", source.user(),
                        "password", source.password(),
                        "tls", "PREFERRED",
                        "capture",
                                Map.of(
                                        "start",
                                        Map.of("mode", "NOW"),
                                        "serverId",
                                        0,
                                        "logMaxBytes",
                                        5_000_000_000L,
                                        "logMaxAge",
                                        "P1D")));
        admin.create(
                "/data-sources",
                Map.of(
                        "name", "shop-target",
                        "kind", "MYSQL",
                        "host", target.host(),
                        "port", target.port(),
                        "username", target.user(),
                        "password", target.password(),
                        "tls", "PREFERRED"));
        admin.create(
                "/data-sources",
                Map.of(
                        "name", "shop-redis",
                        "kind", "REDIS",
                        "host", redis.host(),
                        "port", redis.port(),
                        "username", "",
                        "password", redis.password(),
                        "tls", "DISABLED"));
        admin.create(
                "/channels",
                Map.of(
                        "name",
                        CHANNEL,
                        "pipelines",
                        List.of(
                                pipeline(COPY, "shop-target", List.of(mapping("*"))),
                                pipeline(
                                        CACHE,
                                        "shop-redis",
                                        List.of(
                                                mapping("orders", "order:{id}", "JSON"),
                                                mapping("customers", "customer:{id}", "HASH"))))));
        awaitRunning(admin);
    }

    /** What the admin service says of the channel's pipelines; missing as long as there is no such channel. */
    public static JsonNode pipelines(AdminClient admin) throws IOException, InterruptedException {
        return admin.get("/status")
                .body()
                .path("channels")
                .valueStream()
                .filter(channel -> channel.path("name").asString().equals(CHANNEL))
                .findFirst()
                .map(channel -> channel.path("pipelines"))
                .orElse(MissingNode.getInstance());
    }

    private static void awaitRunning(AdminClient admin) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String states = "";
        while (System.nanoTime() < deadline) {
            JsonNode pipelines = pipelines(admin);
            states = pipelines.toString();
            boolean running = pipelines.size() == 2;
            for (var pipeline : pipelines) {
                running &= pipeline.path("state").asString().equals("RUNNING")
                        && pipeline.path("capture").path("state").asString().equals("RUNNING");
            }
            if (running) {
                return;
            }
            Thread.sleep(250);
        }
        throw new IllegalStateException("the pipelines do not run after " + PATIENCE.toSeconds() + " s: " + states);
    }

    private static Map<String, Object> pipeline(String name, String target, List<Object> mappings) {
        return Map.of(
                "name",
                name,
                "source",
                SOURCE,
                "target",
                target,
                "state",
                "RUNNING",
                "partitions",
                8,
                "mappings",
                mappings);
    }

    private static Object mapping(String table) {
        return Map.of("schema", ShopSchema.SCHEMA, "table", table);
    }

    private static Object mapping(String table, String key, String format) {
        return Map.of("schema", ShopSchema.SCHEMA, "table", table, "cache", Map.of("key", key, "format", format));
    }
}
