package dev.sluice.redissink.write;

import dev.sluice.redissink.failure.RedisFailure;
import java.util.HashMap;
import java.util.Map;

/**
 * What a Redis server says about itself that decides whether and how safely Sluice can write to it.
 *
 * @param mode {@code standalone}, {@code sentinel} or {@code cluster}
 * @param evictionPolicy what goes when maxmemory is reached
 * @param appendOnly whether every write is logged to disk
 */
record ServerFacts(String version, String mode, String evictionPolicy, boolean appendOnly) {
    /** Reads the reply of <a href="https://redis.io/docs/latest/commands/info/">INFO</a>. */
    static ServerFacts of(String info) {
        Map<String, String> values = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return new ServerFacts(
                values.getOrDefault("redis_version", "of unknown version"),
                values.getOrDefault("redis_mode", "standalone"),
                values.getOrDefault("maxmemory_policy", "noeviction"),
                "1".equals(values.get("aof_enabled")));
    }

    /** Refuses what cannot work: a chunk's keys and its watermark must be on one server. */
    void check(String server) {
        if (mode.equals("cluster")) {
            throw new RedisFailure(
                    RedisFailure.Kind.FATAL,
                    "Redis " + server + " is a Redis Cluster, which is not supported; use a single master");
        }
        if (mode.equals("sentinel")) {
            throw new RedisFailure(
                    RedisFailure.Kind.FATAL,
                    "Redis " + server + " is a Sentinel; point the data source at the master's address");
        }
    }

    /** Whether a watermark, which never expires, can be evicted. */
    boolean mayEvictWatermarks() {
        return evictionPolicy.startsWith("allkeys");
    }

    @Override
    public String toString() {
        return version + ", maxmemory-policy " + evictionPolicy
                + (appendOnly ? ", appendonly" : ", no appendonly file");
    }
}
