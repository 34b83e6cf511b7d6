package dev.sluice.demo.check;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the cached orders (JSON) and customers (hash) with the source, key by key and value by value. */
final class RedisComparison {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RedisComparison() {}

    /** What differs; empty if nothing does. */
    static List<String> differences(DatabaseServer source, RedisServer redis) throws SQLException {
        RedisURI uri = RedisURI.builder()
                .withHost(redis.host())
                .withPort(redis.port())
                .withPassword(redis.password().toCharArray())
                .build();
        List<String> differences = new ArrayList<>();
        RedisClient client = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            orders(source, connection.sync(), differences);
            customers(source, connection.sync(), differences);
        } finally {
            client.shutdown();
        }
        return differences;
    }

    private static void orders(DatabaseServer source, RedisCommands<String, String> redis, List<String> differences)
            throws SQLException {
        Set<String> keys = keys(redis, "order:*");
        try (var connection = source.connect("shop");
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id, status, CAST(total AS CHAR), version, CAST(placed AS CHAR), note, details FROM orders")) {
            while (row.next()) {
                String key = "order:" + row.getString(1);
                keys.remove(key);
                String value = redis.get(key);
                if (value == null) {
                    differences.add(key + " is missing");
                    continue;
                }
                JsonNode cached = JSON.readTree(value);
                JsonNode details = JSON.readTree(row.getString(7));
                boolean equal = cached.path("status").asString().equals(row.getString(2))
                        && cached.path("total").asString().equals(row.getString(3))
                        && cached.path("version").asLong() == row.getLong(4)
                        && cached.path("placed").asString().equals(row.getString(5))
                        && (row.getString(6) == null
                                ? cached.path("note").isNull()
                                : row.getString(6).equals(cached.path("note").asString()))
                        && details.equals(cached.path("details"));
                if (!equal) {
                    differences.add(key + " is " + value + ", the source has version " + row.getLong(4));
                }
            }
        }
        keys.forEach(key -> differences.add(key + " is too many"));
    }

    private static void customers(DatabaseServer source, RedisCommands<String, String> redis, List<String> differences)
            throws SQLException {
        Set<String> keys = keys(redis, "customer:*");
        try (var connection = source.connect("shop");
                var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT id, email, name, city, CAST(created AS CHAR) FROM customers")) {
            while (row.next()) {
                String key = "customer:" + row.getString(1);
                keys.remove(key);
                Map<String, String> expected = Map.of(
                        "id", row.getString(1),
                        "email", row.getString(2),
                        "name", row.getString(3),
                        "city", row.getString(4),
                        "created", row.getString(5));
                Map<String, String> cached = redis.hgetall(key);
                if (!expected.equals(cached)) {
                    differences.add(key + " is " + cached + ", the source has " + expected);
                }
            }
        }
        keys.forEach(key -> differences.add(key + " is too many"));
    }

    private static Set<String> keys(RedisCommands<String, String> redis, String pattern) {
        Set<String> keys = new HashSet<>();
        ScanIterator<String> scan =
                ScanIterator.scan(redis, ScanArgs.Builder.limit(1000).match(pattern));
        scan.forEachRemaining(keys::add);
        return keys;
    }
}
