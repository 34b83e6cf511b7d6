package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminServer.Answer;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Certificates of data sources, with the ones that a MySQL server makes for itself and its clients. */
class CertificatesIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String USER = "by_certificate";

    @TempDir
    private static Path data;

    private static AdminServer admin;
    private static DatabaseServer mysql;
    private static Path directory;

    @BeforeAll
    static void start() throws Exception {
        mysql = SharedServers.mysql();
        mysql.execute(
                "CREATE USER " + USER + "@'%' IDENTIFIED BY 'pw' REQUIRE X509",
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO " + USER + "@'%'");
        try (Connection connection = mysql.connect();
                ResultSet row = connection.createStatement().executeQuery("SELECT @@datadir")) {
            row.next();
            directory = Path.of(row.getString(1));
        }
        admin = AdminServer.start(data, AdminServer.NO_BROKER);
    }

    @AfterAll
    static void stop() {
        admin.close();
        mysql.execute("DROP USER " + USER + "@'%'");
    }

    @Test
    void connectsWithTheCertificateAndNeverShowsTheKey() throws Exception {
        Answer created = admin.send("POST", "data-sources", dataSource("shown", ownCertificates()));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).doesNotContain("PRIVATE", "enc:");
        assertThat(created.json().path("certificates").path("clientKeySet").asBoolean())
                .isTrue();
        JsonNode test = admin.post("data-sources/shown/test", "").json();
        assertThat(test.path("ok").asBoolean()).as(test.toString()).isTrue();
        JsonNode preview = admin.post("data-sources/shown/position-preview", "{'mode':'NOW'}")
                .json();
        assertThat(preview.path("possible").asBoolean()).as(preview.toString()).isTrue();

        Map<String, String> withoutKey = new LinkedHashMap<>(ownCertificates());
        withoutKey.remove("clientKey");
        Answer kept = admin.send("PUT", "data-sources/shown", dataSource("shown", withoutKey));
        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        assertThat(admin.post("data-sources/shown/test", "").json().path("ok").asBoolean())
                .isTrue();

        Answer removed = admin.send("PUT", "data-sources/shown", dataSource("shown", Map.of()));
        assertThat(removed.json().has("certificates")).isFalse();
        assertThat(admin.post("data-sources/shown/test", "").json().path("ok").asBoolean())
                .isFalse();
    }

    @Test
    void refusesWhatCannotWork() throws Exception {
        Map<String, String> good = ownCertificates();
        assertRefused(with(good, "trusted", "nothing"), "certificates.trusted", "PEM");
        assertRefused(with(good, "client", "nothing"), "certificates.client", "PEM");
        assertRefused(with(good, "clientKey", "nothing"), "certificates.clientKey", "no unencrypted private key");
        assertRefused(with(good, "clientKey", pem("server-key.pem")), "certificates.clientKey", "is not the key");
        assertRefused(with(good, "trusted", expired()), "certificates.trusted", "not valid today");
        Map<String, String> noKey = new LinkedHashMap<>(good);
        noKey.remove("clientKey");
        assertRefused(noKey, "certificates.clientKey", "is missing");
    }

    private static void assertRefused(Map<String, String> certificates, String field, String says) {
        Answer answer = admin.send("POST", "data-sources", dataSource("refused", certificates));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.fields()).containsExactly(field);
        assertThat(answer.body()).contains(says).doesNotContain("BEGIN RSA");
    }

    private static Map<String, String> with(Map<String, String> certificates, String name, String text) {
        Map<String, String> changed = new LinkedHashMap<>(certificates);
        changed.put(name, text);
        return changed;
    }

    private static Map<String, String> ownCertificates() throws IOException {
        return Map.of("trusted", pem("ca.pem"), "client", pem("client-cert.pem"), "clientKey", pem("client-key.pem"));
    }

    private static String pem(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.US_ASCII);
    }

    /** A certificate that was valid for one day, long ago. */
    private static String expired() throws Exception {
        Path store = data.resolve("expired.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(
                keytool,
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret",
                "-alias",
                "a",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=expired",
                "-startdate",
                "2020/01/01",
                "-validity",
                "1");
        Path exported = data.resolve("expired.pem");
        run(
                keytool,
                "-exportcert",
                "-rfc",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret",
                "-alias",
                "a",
                "-file",
                exported.toString());
        return Files.readString(exported, StandardCharsets.US_ASCII);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String dataSource(String name, Map<String, String> certificates) {
        return JSON.writeValueAsString(Map.of(
                "name",
                name,
                "kind",
                "MYSQL",
                "host",
                "127.0.0.1",
                "port",
                mysql.port(),
                "username",
                USER,
                "password",
                "pw",
                "tls",
                "VERIFY_CA",
                "capture",
                Map.of(),
                "certificates",
                certificates));
    }
}
