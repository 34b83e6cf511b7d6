package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.apply.ApplyBench;
import dev.sluice.apply.sql.Dialect;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsCertificates;
import dev.sluice.change.config.TlsMode;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TargetTlsIT {
    private static final String USER = "target_by_certificate";

    private final DatabaseServer mysql = SharedServers.mysql();
    private final SecretCipher cipher = new SecretCipher(ApplyBench.SECRET_KEY);

    @Test
    void aCertificateIsShownToATargetThatDemandsIt() throws Exception {
        mysql.execute("CREATE USER " + USER + "@'%' IDENTIFIED BY 'pw' REQUIRE X509");
        try {
            Path directory = Path.of(text("SELECT @@datadir"));
            TlsCertificates own = new TlsCertificates(
                    Files.readString(directory.resolve("ca.pem")),
                    Files.readString(directory.resolve("client-cert.pem")),
                    cipher.encrypt(Files.readString(directory.resolve("client-key.pem"))));
            try (TargetConnections connections = new TargetConnections(
                            Dialect.of(DataSource.Kind.MYSQL), target().withCertificates(own), cipher, 1);
                    Connection connection = connections.open();
                    ResultSet row = connection.createStatement().executeQuery("SELECT CURRENT_USER()")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo(USER + "@%");
            }
            TlsCertificates trustedOnly = new TlsCertificates(own.trusted(), null, null);
            try (TargetConnections connections = new TargetConnections(
                    Dialect.of(DataSource.Kind.MYSQL), target().withCertificates(trustedOnly), cipher, 1)) {
                assertThatThrownBy(connections::open)
                        .isInstanceOf(SQLException.class)
                        .hasStackTraceContaining("Access denied");
            }
        } finally {
            mysql.execute("DROP USER " + USER + "@'%'");
        }
    }

    private DataSource target() {
        return new DataSource(
                "shop",
                DataSource.Kind.MYSQL,
                mysql.host(),
                mysql.port(),
                USER,
                cipher.encrypt("pw"),
                TlsMode.VERIFY_CA,
                null,
                null);
    }

    private String text(String query) throws SQLException {
        try (Connection connection = mysql.connect();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
