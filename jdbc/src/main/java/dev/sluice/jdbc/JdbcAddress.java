package dev.sluice.jdbc;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.TlsMode;
import java.util.Map;
import java.util.Objects;

/**
 * Where a database is and how safe the way to it must be, in its driver's words.
 *
 * @param driver class name
 * @param tls properties of the driver
 */
public record JdbcAddress(String driver, String url, Map<String, String> tls) {
    /** Of a data source that is a database. */
    public static JdbcAddress of(DataSource source) {
        return switch (source.kind()) {
            case MYSQL, MARIADB ->
                new JdbcAddress("com.mysql.cj.jdbc.Driver", "jdbc:mysql://" + place(source) + "/", mySql(source.tls()));
            case POSTGRESQL ->
                new JdbcAddress(
                        "org.postgresql.Driver",
                        "jdbc:postgresql://" + place(source) + "/" + database(source),
                        postgres(source.tls()));
            case ORACLE ->
                new JdbcAddress(
                        "oracle.jdbc.OracleDriver",
                        "jdbc:oracle:thin:@" + (verified(source.tls()) ? "tcps" : "tcp") + "://" + place(source) + "/"
                                + database(source),
                        oracle(source.tls()));
            case REDIS -> throw new IllegalArgumentException("a REDIS server has no JDBC driver");
        };
    }

    private static Map<String, String> mySql(TlsMode tls) {
        // without TLS, caching_sha2_password encrypts the password with the server's key instead
        boolean mayBePlain = tls == TlsMode.DISABLED || tls == TlsMode.PREFERRED;
        return Map.of("sslMode", tls.name(), "allowPublicKeyRetrieval", String.valueOf(mayBePlain));
    }

    private static Map<String, String> postgres(TlsMode tls) {
        return switch (tls) {
            case DISABLED -> Map.of("sslmode", "disable");
            case PREFERRED -> Map.of("sslmode", "prefer");
            case REQUIRED -> Map.of("sslmode", "require");
            // Java's own trust store, as for every other kind of server
            case VERIFY_CA, VERIFY_IDENTITY ->
                Map.of(
                        "sslmode",
                        tls == TlsMode.VERIFY_CA ? "verify-ca" : "verify-full",
                        "sslfactory",
                        "org.postgresql.ssl.DefaultJavaSSLFactory");
        };
    }

    private static Map<String, String> oracle(TlsMode tls) {
        if (verified(tls)) {
            return Map.of("oracle.net.ssl_server_dn_match", Boolean.toString(tls == TlsMode.VERIFY_IDENTITY));
        }
        // without certificates the connection is secured by the network encryption that every server has
        return Map.of(
                "oracle.net.encryption_client",
                switch (tls) {
                    case DISABLED -> "REJECTED";
                    case REQUIRED -> "REQUIRED";
                    default -> "REQUESTED";
                });
    }

    private static boolean verified(TlsMode tls) {
        return tls == TlsMode.VERIFY_CA || tls == TlsMode.VERIFY_IDENTITY;
    }

    private static String place(DataSource source) {
        String host = source.host();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + source.port();
    }

    private static String database(DataSource source) {
        return Objects.requireNonNull(source.database(), "database");
    }
}
