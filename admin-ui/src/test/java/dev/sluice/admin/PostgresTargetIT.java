package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminServer.Answer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.PostgresServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A PostgreSQL target as the admin service tests, checks and maps it. */
class PostgresTargetIT {
    @TempDir
    private static Path data;

    private static AdminServer admin;
    private static PostgresServer postgres;
    private static String schema;

    @BeforeAll
    static void start() {
        postgres = SharedServers.postgres();
        schema = Databases.create(postgres, "shop");
        MySqlServer mysql = SharedServers.mysql();
        mysql.execute(
                "CREATE DATABASE " + schema,
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY, total INT, note TEXT)",
                "CREATE TABLE " + schema + ".other (id INT PRIMARY KEY)");
        postgres.execute(
                "CREATE TABLE " + schema + ".\"Orders\" (id INT PRIMARY KEY, total INT)",
                "CREATE USER admin_poor PASSWORD 'poor'");
        admin = AdminServer.start(data, AdminServer.NO_BROKER);
        save("source", "MYSQL", mysql.port(), mysql.user(), mysql.password(), ",'capture':{}");
        save("full", "POSTGRESQL", postgres.port(), postgres.user(), postgres.password(), ",'database':'postgres'");
        save("poor", "POSTGRESQL", postgres.port(), "admin_poor", "poor", ",'database':'postgres'");
    }

    @AfterAll
    static void stop() {
        admin.close();
        postgres.execute("DROP USER admin_poor", "DROP SCHEMA " + schema + " CASCADE");
        SharedServers.mysql().execute("DROP DATABASE " + schema);
    }

    @Test
    void connectsAndSaysWhatIsWrong() {
        JsonNode good = admin.post("data-sources/full/test", "").json();
        assertThat(good.path("ok").asBoolean()).as(good.toString()).isTrue();
        assertThat(good.path("server").asString()).startsWith("PostgreSQL 17");
        assertThat(message("wrong-pw", "postgres", "PREFERRED"))
                .contains("refused user '" + postgres.user() + "'", "check username and password")
                .doesNotContain("wrong-pw");
        assertThat(message(postgres.password(), "nowhere", "PREFERRED")).contains("has no database 'nowhere'");
        assertThat(message(postgres.password(), "postgres", "REQUIRED")).contains("does not offer TLS");
        Answer none = admin.post(
                "data-sources/test",
                "{'name':'new','kind':'POSTGRESQL','host':'127.0.0.1','username':'u','password':'p'}");
        assertThat(none.fields()).containsExactly("database");
    }

    @Test
    void findsWhatATargetNeeds() {
        JsonNode report = precheck("full");
        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(severity(report, "server_encoding")).isEqualTo("OK");
        JsonNode poor = precheck("poor");
        assertThat(poor.path("ok").asBoolean()).as(poor.toString()).isFalse();
        assertThat(finding(poor, "schema sluice").path("fix").asString())
                .startsWith("GRANT CREATE ON ")
                .contains("TO \"admin_poor\"");
        assertThat(finding(poor, "session_replication_role").path("fix").asString())
                .contains("GRANT SET ON PARAMETER session_replication_role");
        assertThat(admin.get("data-sources/full/precheck?role=source")
                        .json()
                        .path("ok")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void looksAtTheTablesOfAMapping() {
        Answer missing = channel("missing", "other");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.body()).contains("the target has no table " + schema + ".other");

        Answer warned = channel("warned", "orders");
        assertThat(warned.status()).as(warned.body()).isEqualTo(201);
        assertThat(warned.json().path("warnings").toString()).contains("lacks the columns note");
        admin.delete("channels/warned");
    }

    private static Answer channel(String name, String table) {
        return admin.post(
                "channels",
                ("{'name':'%1$s','pipelines':[{'name':'%1$s','source':'source','target':'full',"
                                + "'mappings':[{'schema':'%2$s','table':'%3$s'}]}]}")
                        .formatted(name, schema, table));
    }

    private static void save(String name, String kind, int port, String user, String password, String more) {
        Answer answer = admin.post(
                "data-sources",
                "{'name':'%s','kind':'%s','host':'127.0.0.1','port':%d,'username':'%s','password':'%s'%s}"
                        .formatted(name, kind, port, user, password, more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static String message(String password, String database, String tls) {
        JsonNode test = admin.post(
                        "data-sources/test",
                        ("{'name':'new','kind':'POSTGRESQL','host':'127.0.0.1','port':%d,'username':'%s',"
                                        + "'password':'%s','database':'%s','tls':'%s'}")
                                .formatted(postgres.port(), postgres.user(), password, database, tls))
                .json();
        assertThat(test.path("ok").asBoolean()).as(test.toString()).isFalse();
        return test.path("message").asString();
    }

    private static JsonNode precheck(String name) {
        return admin.get("data-sources/" + name + "/precheck?role=target").json();
    }

    private static String severity(JsonNode report, String name) {
        return finding(report, name).path("severity").asString();
    }

    private static JsonNode finding(JsonNode report, String name) {
        return report.path("findings")
                .valueStream()
                .filter(finding -> finding.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding " + name + " in " + report));
    }
}
