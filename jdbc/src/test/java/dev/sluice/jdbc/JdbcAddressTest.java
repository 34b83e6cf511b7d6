package dev.sluice.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.DataSource.Kind;
import dev.sluice.change.config.TlsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcAddressTest {
    @Test
    void anAddressOfDigitsAndColonsStandsInBrackets() {
        assertThat(address(Kind.MYSQL, "db", TlsMode.REQUIRED).url()).isEqualTo("jdbc:mysql://db:7/");
        assertThat(address(Kind.MARIADB, "::1", TlsMode.REQUIRED).url()).isEqualTo("jdbc:mysql://[::1]:7/");
    }

    @ParameterizedTest
    @CsvSource({"DISABLED,true", "PREFERRED,true", "REQUIRED,false", "VERIFY_CA,false", "VERIFY_IDENTITY,false"})
    void mySqlHandsItsKeyOutOnlyWhereTheWayMayBePlain(TlsMode mode, String retrieval) {
        assertThat(address(Kind.MYSQL, "db", mode).tls())
                .containsEntry("sslMode", mode.name())
                .containsEntry("allowPublicKeyRetrieval", retrieval);
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED,disable",
        "PREFERRED,prefer",
        "REQUIRED,require",
        "VERIFY_CA,verify-ca",
        "VERIFY_IDENTITY,verify-full"
    })
    void postgresChecksCertificatesByJavasTrustStore(TlsMode mode, String word) {
        JdbcAddress address = address(Kind.POSTGRESQL, "db", mode);
        assertThat(address.url()).isEqualTo("jdbc:postgresql://db:7/shop");
        assertThat(address.tls()).containsEntry("sslmode", word);
        assertThat(address.tls().containsKey("sslfactory")).isEqualTo(word.startsWith("verify"));
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void oracleIsReachedByTlsWhereCertificatesAreChecked(TlsMode mode) {
        JdbcAddress address = address(Kind.ORACLE, "db", mode);
        boolean verified = mode == TlsMode.VERIFY_CA || mode == TlsMode.VERIFY_IDENTITY;
        assertThat(address.url()).isEqualTo("jdbc:oracle:thin:@" + (verified ? "tcps" : "tcp") + "://db:7/shop");
        assertThat(address.tls())
                .containsOnlyKeys(verified ? "oracle.net.ssl_server_dn_match" : "oracle.net.encryption_client");
    }

    @Test
    void aCacheHasNone() {
        assertThatThrownBy(() -> address(Kind.REDIS, "db", TlsMode.REQUIRED)).hasMessageContaining("REDIS");
    }

    private static JdbcAddress address(Kind kind, String host, TlsMode mode) {
        String database = kind.needsDatabase() ? "shop" : null;
        return JdbcAddress.of(new DataSource("d", kind, host, 7, "u", "", mode, null, null, null, database));
    }
}
