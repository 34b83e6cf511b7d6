package dev.sluice.change.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a data source must be. */
final class DataSourceRules {
    private static final long MAX_SERVER_ID = 0xFFFF_FFFFL;
    /** Far above what a capture has on the way, else the broker's retention could remove all of the log at once. */
    private static final long MIN_LOG_BYTES = 200_000_000;

    private static final Pattern BUFFER = Pattern.compile("[^.`*?\\s]{1,64}\\.[^.`*?\\s]{1,64}");
    private static final int MAX_DATABASE = 128;
    /** What needs no escape in the address that a driver is given. */
    private static final Pattern DATABASE = Pattern.compile("[\\p{L}\\p{N}_.$#-]+");

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
            new TlsRules(problems).check(source, at);
            checkCapture(source, at, serverIds);
        }
    }

    private void checkAddress(DataSource source, String at) {
        if (source.kind() == null) {
            add(at + ".kind", "is missing; choose MYSQL, MARIADB, POSTGRESQL, ORACLE or REDIS");
        }
        ServerRules.checkAddress(source.host(), source.port(), at, problems);
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
        checkDatabase(source, at + ".database");
        String site = source.site();
        if (site != null && !site.isBlank() && !ConfigurationValidator.isName(site)) {
            add(at + ".site", ConfigurationValidator.nameFix(site));
        }
    }

    private void checkDatabase(DataSource source, String at) {
        String database = source.database();
        if (source.kind() == null || !source.kind().needsDatabase()) {
            if (database != null) {
                add(at, "has a meaning only if the kind is POSTGRESQL or ORACLE; remove it");
            }
        } else if (database == null || database.isBlank()) {
            add(
                    at,
                    source.kind() == DataSource.Kind.ORACLE
                            ? "is missing; name the service, such as ORCLPDB1"
                            : "is missing; name the PostgreSQL database, whose schemas hold the tables");
        } else if (database.length() > MAX_DATABASE
                || !DATABASE.matcher(database).matches()) {
            add(at, "'" + database + "' is no name of a database; use letters, digits and _ . - $ #");
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
        } else {
            checkServerId(source, capture, in + ".serverId", serverIds);
        }
        if (capture.logMaxBytes() < MIN_LOG_BYTES) {
            add(in + ".logMaxBytes", "is too small to be useful; use at least " + MIN_LOG_BYTES);
        }
        if (capture.logMaxAge() == null || capture.logMaxAge().toSeconds() < 60) {
            add(in + ".logMaxAge", "must be at least one minute, such as P7D for seven days");
        }
        if (capture.filter() != null) {
            new CaptureFilterRules(problems).check(capture.filter(), in + ".filter");
        }
        Duration heartbeat = capture.heartbeat();
        if (heartbeat != null && (heartbeat.toMillis() < 1_000 || heartbeat.toHours() >= 1)) {
            add(in + ".heartbeat", "must be from PT1S to less than PT1H, or left out for no heartbeat rows");
        }
        String buffer = capture.retlBuffer();
        if (buffer != null && !BUFFER.matcher(buffer).matches()) {
            add(in + ".retlBuffer", "'" + buffer + "' is no table; give schema and name, such as retl.retl_buffer");
        }
        new PositionRules(problems).check(capture, source, in);
        ServerRules.check(source, in, problems);
    }

    /** A server ends a replica as soon as another one comes with the same id. */
    private void checkServerId(DataSource source, CaptureSettings capture, String at, Map<String, String> serverIds) {
        for (ServerAddress server : source.servers()) {
            String key = server.toString().toLowerCase(Locale.ROOT) + "/" + capture.replicaId(source.name());
            String other = serverIds.putIfAbsent(key, source.name());
            if (other != null && !other.equals(source.name())) {
                add(
                        at,
                        "data source '" + other + "' reads the same server with this id, and the server would cut one"
                                + " of them off; choose another id or 0");
                return;
            }
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }
}
