package dev.sluice.change.config;

import dev.sluice.change.config.CaptureSettings.StartPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a data source must be. */
final class DataSourceRules {
    private static final long MAX_SERVER_ID = 0xFFFF_FFFFL;
    private static final long MIN_LOG_BYTES = 10_000_000;
    private static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(1);

    private final List<ConfigurationProblem> problems;

    DataSourceRules(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    void check(List<DataSource> dataSources) {
        Set<String> names = new HashSet<>();
        Map<String, String> serverIds = new HashMap<>();
        for (int i = 0; i < dataSources.size(); i++) {
            DataSource source = dataSources.get(i);
            String at = "dataSources[" + i + "]";
            if (source == null || source.name() == null) {
                add(at + ".name", "is missing; give the data source a name");
                continue;
            }
            if (!ConfigurationValidator.isName(source.name())) {
                add(at + ".name", ConfigurationValidator.nameFix(source.name()));
            } else if (!names.add(source.name())) {
                add(at + ".name", "another data source is called '" + source.name() + "'; choose another name");
            }
            checkAddress(source, at);
            checkCapture(source, at, serverIds);
        }
    }

    private void checkAddress(DataSource source, String at) {
        if (source.kind() == null) {
            add(at + ".kind", "is missing; choose MYSQL, MARIADB, ORACLE or REDIS");
        }
        if (source.host() == null || source.host().isBlank()) {
            add(at + ".host", "is missing; give a host name or an address");
        } else if (source.host().chars().anyMatch(c -> c <= ' ' || "/@?#&,()=".indexOf(c) >= 0)) {
            add(at + ".host", "'" + source.host() + "' is not a host name or address; put the port into port");
        }
        if (source.port() < 1 || source.port() > 65535) {
            add(at + ".port", source.port() + " is not a port; use 1 to 65535");
        }
        if (source.tls() == null) {
            add(at + ".tls", "is missing; choose DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY");
        }
        if (source.username() == null) {
            add(at + ".username", "is missing; leave it empty where the server needs none");
        } else if (source.username().isBlank() && source.kind() != null && source.kind() != DataSource.Kind.REDIS) {
            add(at + ".username", "is missing; a " + source.kind() + " server needs a user");
        }
        if (source.password() == null) {
            add(at + ".password", "is missing; leave it empty where the server needs none");
        } else if (!SecretCipher.isEncrypted(source.password())) {
            add(at + ".password", "is not encrypted; save it through the admin service");
        }
        String site = source.site();
        if (site != null && !site.isBlank() && !ConfigurationValidator.isName(site)) {
            add(at + ".site", ConfigurationValidator.nameFix(site));
        }
    }

    private void checkCapture(DataSource source, String at, Map<String, String> serverIds) {
        CaptureSettings capture = source.capture();
        if (capture == null) {
            return;
        }
        String in = at + ".capture";
        if (source.kind() != null && !source.kind().capturable()) {
            add(in, "a " + source.kind() + " server cannot be captured; remove capture or choose MYSQL or MARIADB");
        }
        if (capture.serverId() < 0 || capture.serverId() > MAX_SERVER_ID) {
            add(in + ".serverId", "use 1 to " + MAX_SERVER_ID + ", or 0 to have one derived from the name");
        } else if (capture.serverId() > 0) {
            String server = source.host() + ":" + source.port() + "/" + capture.serverId();
            String other = serverIds.putIfAbsent(server, source.name());
            if (other != null) {
                add(
                        in + ".serverId",
                        "data source '" + other + "' reads the same server with this id, and the server would cut one"
                                + " of them off; choose another id or 0");
            }
        }
        if (capture.logMaxBytes() < MIN_LOG_BYTES) {
            add(in + ".logMaxBytes", "is too small to be useful; use at least " + MIN_LOG_BYTES);
        }
        if (capture.logMaxAge() == null || capture.logMaxAge().toSeconds() < 60) {
            add(in + ".logMaxAge", "must be at least one minute, such as P7D for seven days");
        }
        checkStart(capture.start(), in + ".start");
        if (capture.filter() != null) {
            new CaptureFilterRules(problems).check(capture.filter(), in + ".filter");
        }
        if (capture.heartbeat() != null && capture.heartbeat().compareTo(SHORTEST_HEARTBEAT) < 0) {
            add(in + ".heartbeat", "must be at least one second, such as PT10S, or left out for no heartbeat rows");
        }
    }

    private void checkStart(StartPosition start, String at) {
        if (start == null || start.mode() == null) {
            add(at + ".mode", "is missing; choose NOW, EARLIEST, FILE or GTID");
            return;
        }
        boolean byFile = start.mode() == StartPosition.Mode.FILE;
        if (byFile && (start.file() == null || start.file().isBlank())) {
            add(at + ".file", "is missing; mode FILE needs a binlog file such as mysql-bin.000042");
        }
        if (byFile && (start.offset() == null || start.offset() < 4)) {
            add(at + ".offset", "must be at least 4, where the first event of a binlog file begins");
        }
        if (!byFile) {
            refuse(start.file(), at + ".file", start.mode());
            refuse(start.offset(), at + ".offset", start.mode());
        }
        boolean byGtid = start.mode() == StartPosition.Mode.GTID;
        if (byGtid && (start.gtidSet() == null || start.gtidSet().isBlank())) {
            add(at + ".gtidSet", "is missing; mode GTID needs the set already seen, or use EARLIEST");
        }
        if (!byGtid) {
            refuse(start.gtidSet(), at + ".gtidSet", start.mode());
        }
    }

    private void refuse(@Nullable Object value, String at, StartPosition.Mode mode) {
        if (value != null) {
            add(at, "has no meaning with mode " + mode + "; remove it or change the mode");
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
