package dev.sluice.change.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the addresses of a source must be. Stateless. */
final class ServerRules {
    private ServerRules() {}

    static void check(DataSource source, String in, List<ConfigurationProblem> problems) {
        SourceServers servers =
                source.capture() == null ? null : source.capture().servers();
        if (servers == null) {
            return;
        }
        String at = in + ".servers";
        if (servers.read() == null) {
            problems.add(new ConfigurationProblem(at + ".read", "is missing; choose PRIMARY or REPLICA"));
        }
        if (servers.standbys() == null) {
            problems.add(new ConfigurationProblem(at + ".standbys", "is missing; give a list, which may be empty"));
            return;
        }
        Set<String> seen = new HashSet<>();
        seen.add(source.host() + ":" + source.port());
        for (int i = 0; i < servers.standbys().size(); i++) {
            ServerAddress standby = servers.standbys().get(i);
            String each = at + ".standbys[" + i + "]";
            if (standby == null) {
                problems.add(new ConfigurationProblem(each, "is null; give host and port"));
                continue;
            }
            checkAddress(standby.host(), standby.port(), each, problems);
            if (!seen.add(standby.host() + ":" + standby.port())) {
                problems.add(new ConfigurationProblem(
                        each + ".host", "'" + standby + "' is there twice; remove one of them"));
            }
        }
    }

    static void checkAddress(@Nullable String host, int port, String at, List<ConfigurationProblem> problems) {
        if (host == null || host.isBlank()) {
            problems.add(new ConfigurationProblem(at + ".host", "is missing; give a host name or an address"));
        } else if (host.chars().anyMatch(c -> c <= ' ' || "/@?#&,()=".indexOf(c) >= 0)) {
            problems.add(new ConfigurationProblem(
                    at + ".host", "'" + host + "' is not a host name or address; put the port into port"));
        }
        if (port < 1 || port > 65535) {
            problems.add(new ConfigurationProblem(at + ".port", port + " is not a port; use 1 to 65535"));
        }
    }
}
