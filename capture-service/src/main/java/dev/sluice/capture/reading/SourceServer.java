package dev.sluice.capture.reading;

import dev.sluice.binlog.ClientCertificate;
import dev.sluice.binlog.ExecutedGtids;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.binlog.protocol.SourceConnection;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.ServerAddress;
import dev.sluice.change.config.TlsCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server behind a data source as it is now: who it is, what it does in its replication, and what it has executed.
 *
 * @param id UUID of a MySQL, {@code server-<id>} of a MariaDB server
 * @param gtids whether its transactions have GTIDs
 * @param readOnly whether it takes no writes
 * @param logsUpdates whether its binlog has what it replicates
 * @param executed MySQL: gtid_executed; MariaDB: gtid_binlog_pos
 */
public record SourceServer(
        SourceAddress address,
        String id,
        boolean mariaDb,
        boolean gtids,
        boolean readOnly,
        boolean logsUpdates,
        String executed) {
    /** For connecting and for each answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String VARIABLES = "SHOW GLOBAL VARIABLES WHERE variable_name IN ('server_uuid', 'server_id',"
            + " 'gtid_mode', 'read_only', 'super_read_only', 'log_slave_updates', 'log_replica_updates')";

    /** Every address of a data source, its own first; the password is decrypted. */
    public static List<SourceAddress> addresses(DataSource source, SecretCipher cipher) {
        return source.servers().stream()
                .map(server -> address(source, cipher, server))
                .toList();
    }

    private static SourceAddress address(DataSource source, SecretCipher cipher, ServerAddress server) {
        return new SourceAddress(
                server.host(),
                server.port(),
                source.username(),
                cipher.decrypt(source.password()),
                tls(source, cipher));
    }

    private static TlsOptions tls(DataSource source, SecretCipher cipher) {
        TlsOptions.Mode mode = TlsOptions.Mode.valueOf(source.tls().name());
        TlsCertificates given = source.certificates();
        if (given == null) {
            return new TlsOptions(mode, null);
        }
        String certificate = given.client();
        String key = given.clientKey();
        return new TlsOptions(
                mode,
                given.trusted(),
                certificate == null || key == null ? null : new ClientCertificate(certificate, cipher.decrypt(key)));
    }

    /** Connects and asks. */
    public static SourceServer ask(SourceAddress address) throws IOException {
        try (SourceConnection connection = SourceConnection.open(address, TIMEOUT)) {
            boolean mariaDb = connection.version().mariaDb();
            Map<String, String> variables = new HashMap<>();
            for (Map<String, ?> row : connection.query(VARIABLES).rows()) {
                variables.put(String.valueOf(row.get("variable_name")), String.valueOf(row.get("value")));
            }
            // SHOW would cut a long set off
            String executed = connection
                    .query("SELECT @@GLOBAL." + (mariaDb ? "gtid_binlog_pos" : "gtid_executed"))
                    .single()
                    .orElse("");
            return new SourceServer(
                    address,
                    mariaDb ? "server-" + variables.get("server_id") : variables.getOrDefault("server_uuid", ""),
                    mariaDb,
                    mariaDb || isOn(variables, "gtid_mode"),
                    isOn(variables, "read_only") || isOn(variables, "super_read_only"),
                    isOn(variables, "log_slave_updates") || isOn(variables, "log_replica_updates"),
                    executed.replaceAll("\\s", ""));
        }
    }

    /** Those GTIDs of a set or list that it has not executed, as text; empty if it has all. */
    String lacks(String gtids) {
        return ExecutedGtids.missing(gtids, executed, mariaDb);
    }

    private static boolean isOn(Map<String, String> variables, String name) {
        return isOn(variables.getOrDefault(name, "OFF"));
    }

    /** Whether a variable's value means on; MariaDB 12 has read_only in degrees. */
    static boolean isOn(String value) {
        return !value.equals("OFF") && !value.equals("0") && !value.startsWith("OFF_") && !value.startsWith("ON_");
    }

    @Override
    public String toString() {
        return address.host() + ":" + address.port();
    }
}
