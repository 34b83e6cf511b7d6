package dev.sluice.admin.precheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a Redis server can be written to, from what its {@code INFO} says. */
final class RedisPrecheck {
    private RedisPrecheck() {}

    static List<Finding> check(Map<String, String> info) {
        List<Finding> findings = new ArrayList<>();
        String role = info.getOrDefault("role", "unknown");
        findings.add(
                role.equals("master")
                        ? Finding.ok("role", role, "master")
                        : Finding.error("role", role, "master", "choose the master; a replica takes no writes"));
        String policy = info.getOrDefault("maxmemory_policy", "unknown");
        boolean limited = !info.getOrDefault("maxmemory", "0").equals("0");
        findings.add(
                limited && policy.startsWith("allkeys")
                        ? Finding.warning(
                                "maxmemory-policy",
                                policy,
                                "noeviction or volatile-*",
                                "CONFIG SET maxmemory-policy volatile-lru; else Redis may throw away the watermarks,"
                                        + " and old rows may come back")
                        : Finding.ok("maxmemory-policy", policy, "noeviction or volatile-*"));
        boolean appendOnly = info.getOrDefault("aof_enabled", "0").equals("1");
        findings.add(
                appendOnly
                        ? Finding.ok("appendonly", "yes", "yes")
                        : Finding.warning(
                                "appendonly",
                                "no",
                                "yes",
                                "CONFIG SET appendonly yes; else a restart of Redis loses the last entries, which are"
                                        + " not sent again"));
        return findings;
    }
}
