package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminServer.Answer;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.RedisServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Everything that the admin service asks the users' servers, asked of real ones. All in one class, for they share an admin
 * service and accounts that take seconds to make.
 */
class ServersIT {
    @TempDir
    private static Path data;

    private static AdminServer admin;
    private static DatabaseServer mysql;
    private static String schema;

    @BeforeAll
    static void start() {
        mysql = SharedServers.mysql();
        schema = Databases.create(mysql, "shop");
        mysql.execute(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY, total INT)",
                "CREATE TABLE " + schema + ".notes (text VARCHAR(100))",
                "CREATE TABLE " + schema + ".small (id INT PRIMARY KEY)",
                "CREATE USER poor@'%' IDENTIFIED WITH mysql_native_password BY 'poor'",
                "GRANT SELECT ON " + schema + ".orders TO poor@'%'",
                "CREATE USER enough@'%' IDENTIFIED WITH mysql_native_password BY 'enough'",
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO enough@'%'",
                "GRANT SELECT ON `" + schema.replace("_", "\\_") + "`.* TO enough@'%'");
        admin = AdminServer.start(data, AdminServer.NO_BROKER);
        save("main", mysql.user(), mysql.password());
        save("target", mysql.user(), mysql.password());
        save("poor", "poor", "poor");
        save("enough", "enough", "enough");
    }

    @AfterAll
    static void stop() {
        admin.close();
        mysql.execute("DROP USER poor@'%', enough@'%'", "DROP DATABASE " + schema);
    }

    @Test
    void connectsToMySql() {
        JsonNode test = admin.post("data-sources/main/test", "").json();
        assertThat(test.path("ok").asBoolean()).as(test.toString()).isTrue();
        assertThat(test.path("server").asString()).isEqualTo("MySQL " + mysql.version());
    }

    @ParameterizedTest
    @CsvSource({"DISABLED", "PREFERRED", "REQUIRED"})
    void connectsWithEveryTlsThatTheServerOffers(String tls) {
        JsonNode test = test(mysql.host(), mysql.port(), mysql.user(), mysql.password(), tls);
        assertThat(test.path("ok").asBoolean()).as(test.toString()).isTrue();
    }

    @Test
    void saysWhichOfAddressAndCredentialsIsWrong() {
        assertThat(message(mysql.host(), mysql.port(), mysql.user(), "wrong-pw", "PREFERRED"))
                .contains("refused user '" + mysql.user() + "'", "check username and password")
                .doesNotContain("wrong-pw");
        assertThat(message("no-such-host.invalid", 3306, "u", "p", "PREFERRED"))
                .contains("host 'no-such-host.invalid' is unknown");
        assertThat(message("127.0.0.1", 1, "u", "p", "PREFERRED")).contains("nothing listens at 127.0.0.1:1");
        assertThat(message(mysql.host(), mysql.port(), mysql.user(), mysql.password(), "VERIFY_IDENTITY"))
                .contains("TLS", "certificate", "VERIFY_IDENTITY");
        RedisServer redis = SharedServers.redis();
        assertThat(message(redis.host(), redis.port(), "u", "p", "DISABLED")).contains("check host");
    }

    @Test
    void connectsToRedisAndSaysWhatIsWrong() {
        RedisServer redis = SharedServers.redis();
        JsonNode good = redisTest(redis.port(), redis.password());
        assertThat(good.path("ok").asBoolean()).as(good.toString()).isTrue();
        assertThat(good.path("server").asString()).startsWith("Redis 6.2");
        assertThat(redisTest(redis.port(), "wrong-pw").path("message").asString())
                .contains("password")
                .doesNotContain("wrong-pw");
        assertThat(redisTest(1, "").path("message").asString()).contains("nothing listens");
    }

    @Test
    void saysWhatAPositionMeansBeforeItIsSet() {
        JsonNode now = preview("main", "{\"mode\":\"NOW\"}");
        assertThat(now.path("possible").asBoolean()).as(now.toString()).isTrue();
        assertThat(now.path("behindBytes").asLong()).isGreaterThanOrEqualTo(0);

        mysql.execute("INSERT INTO " + schema + ".small VALUES (4711)");
        JsonNode there = preview(
                "main",
                "{\"mode\":\"FILE\",\"file\":\"" + now.path("file").asString() + "\",\"offset\":"
                        + now.path("offset").asLong() + "}");
        assertThat(there.path("possible").asBoolean()).as(there.toString()).isTrue();
        assertThat(there.path("executed").asString())
                .isEqualTo(now.path("executed").asString());
        assertThat(there.path("behindBytes").asLong()).isPositive();
        assertThat(there.path("firstCommit").asString()).isNotEmpty();

        JsonNode inside = preview(
                "main",
                "{\"mode\":\"FILE\",\"file\":\"" + now.path("file").asString() + "\",\"offset\":"
                        + (now.path("offset").asLong() + 1) + "}");
        assertThat(inside.path("possible").asBoolean()).as(inside.toString()).isFalse();
        assertThat(inside.path("problem").asString()).isNotEmpty();
        JsonNode gone = preview("main", "{\"mode\":\"FILE\",\"file\":\"no-such.000001\",\"offset\":4}");
        assertThat(gone.path("possible").asBoolean()).as(gone.toString()).isFalse();
        assertThat(gone.path("problem").asString()).contains("no-such.000001");
    }

    private static JsonNode preview(String source, String position) {
        return admin.post("data-sources/" + source + "/position-preview", position)
                .json();
    }

    @Test
    void findsNothingWrongWithAServerThatIsSetUp() {
        JsonNode report = precheck("main", "source");
        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        for (String name : List.of(
                "connection",
                "kind",
                "version",
                "log_bin",
                "binlog_format",
                "binlog_row_image",
                "binlog_row_metadata",
                "binlog_order_commits",
                "gtid_mode",
                "server_id",
                "REPLICATION SLAVE",
                "REPLICATION CLIENT",
                "SELECT")) {
            assertThat(finding(report, name).path("severity").asString())
                    .as(name)
                    .isEqualTo("OK");
        }
    }

    @Test
    void findsVariablesThatAreWrong() {
        mysql.execute(
                "SET GLOBAL binlog_format = STATEMENT",
                "SET GLOBAL binlog_row_image = MINIMAL",
                "SET GLOBAL binlog_row_metadata = MINIMAL",
                "SET GLOBAL binlog_order_commits = OFF",
                "SET GLOBAL binlog_expire_logs_seconds = 600");
        try {
            JsonNode report = precheck("main", "source");
            assertThat(report.path("ok").asBoolean()).isFalse();
            JsonNode format = finding(report, "binlog_format");
            assertThat(format.path("severity").asString()).isEqualTo("ERROR");
            assertThat(format.path("found").asString()).isEqualTo("STATEMENT");
            assertThat(format.path("needed").asString()).isEqualTo("ROW");
            assertThat(format.path("fix").asString()).startsWith("SET GLOBAL binlog_format=ROW;");
            assertThat(finding(report, "binlog_row_image").path("severity").asString())
                    .isEqualTo("ERROR");
            assertThat(finding(report, "binlog_row_metadata").path("severity").asString())
                    .isEqualTo("WARNING");
            assertThat(finding(report, "binlog_order_commits").path("severity").asString())
                    .isEqualTo("WARNING");
            assertThat(finding(report, "binlog_expire_logs_seconds")
                            .path("severity")
                            .asString())
                    .isEqualTo("WARNING");
        } finally {
            mysql.execute(
                    "SET GLOBAL binlog_format = ROW",
                    "SET GLOBAL binlog_row_image = FULL",
                    "SET GLOBAL binlog_row_metadata = FULL",
                    "SET GLOBAL binlog_order_commits = ON",
                    "SET GLOBAL binlog_expire_logs_seconds = DEFAULT");
        }
    }

    @Test
    void findsPrivilegesThatAreMissing() {
        JsonNode poor = precheck("poor", "source");
        assertThat(poor.path("ok").asBoolean()).isFalse();
        assertThat(finding(poor, "REPLICATION SLAVE").path("fix").asString())
                .isEqualTo("GRANT REPLICATION SLAVE ON *.* TO 'poor'@'%';");
        assertThat(finding(poor, "REPLICATION CLIENT").path("severity").asString())
                .isEqualTo("ERROR");
        JsonNode target = precheck("poor", "target");
        assertThat(finding(target, "schema sluice").path("fix").asString())
                .startsWith("GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON `sluice`.*");
        assertThat(precheck("main", "target").path("ok").asBoolean()).isTrue();
    }

    @Test
    void findsWhatTheAccountMayNotWriteAtTheSource() {
        String table = schema + ".retl_buffer";
        Answer saved = admin.post(
                "data-sources",
                "{'name':'writes','kind':'MYSQL','host':'127.0.0.1','port':%d,'username':'enough','password':'enough',"
                                .formatted(mysql.port())
                        + "'capture':{'heartbeat':'PT10S','retlBuffer':'" + table + "'}}");
        assertThat(saved.status()).as(saved.body()).isEqualTo(201);
        try {
            JsonNode report = precheck("writes", "source");
            assertThat(report.path("ok").asBoolean()).isFalse();
            assertThat(finding(report, "capture.heartbeat").path("fix").asString())
                    .isEqualTo("GRANT CREATE, SELECT, INSERT, UPDATE ON sluice.* TO 'enough'@'%';");
            JsonNode requests = finding(report, "capture.retlBuffer");
            assertThat(requests.path("fix").asString())
                    .startsWith("create the table")
                    .endsWith("GRANT DELETE ON `" + schema + "`.`retl_buffer` TO 'enough'@'%';");
            mysql.execute("CREATE TABLE " + table + " (id BIGINT PRIMARY KEY)");
            for (String name : List.of("capture.heartbeat", "capture.retlBuffer")) {
                String fix =
                        finding(precheck("writes", "source"), name).path("fix").asString();
                mysql.execute(fix.replace(";", ""));
            }
            JsonNode mended = precheck("writes", "source");
            assertThat(mended.path("ok").asBoolean()).as(mended.toString()).isTrue();
        } finally {
            admin.delete("data-sources/writes");
            mysql.execute("DROP TABLE IF EXISTS " + table);
        }
    }

    @Test
    void looksAtTheTablesThatPipelinesRead() {
        createChannel("reads", "enough", "target", schema, "*", "");
        try {
            JsonNode report = precheck("enough", "source");
            assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
            assertThat(finding(report, "SELECT").path("severity").asString()).isEqualTo("OK");
            JsonNode keys = finding(report, "primary keys");
            assertThat(keys.path("severity").asString()).isEqualTo("WARNING");
            assertThat(keys.path("found").asString()).isEqualTo("none on " + schema + ".notes");
        } finally {
            admin.delete("channels/reads");
        }
        createChannel("reads", "poor", "enough", schema, "*", ",'targetSchema':'copy'");
        try {
            assertThat(finding(precheck("poor", "source"), "SELECT")
                            .path("found")
                            .asString())
                    .isEqualTo("granted on the mapped tables");
            JsonNode target = finding(precheck("enough", "target"), "schema copy");
            assertThat(target.path("severity").asString()).isEqualTo("ERROR");
            assertThat(target.path("found").asString()).isEqualTo("SELECT, INSERT, UPDATE, DELETE missing");
        } finally {
            admin.delete("channels/reads");
        }
    }

    @Test
    void saysInThePrecheckThatAServerIsOfAnotherKindOrAway() {
        save("maria", "MARIADB", mysql.port(), mysql.user(), mysql.password());
        assertThat(finding(precheck("maria", "source"), "kind").path("fix").asString())
                .contains("kind to MYSQL");
        save("away", "MYSQL", 1, "u", "p");
        JsonNode report = precheck("away", "source");
        assertThat(report.path("ok").asBoolean()).isFalse();
        assertThat(finding(report, "connection").path("fix").asString()).contains("nothing listens");
        assertThat(admin.get("data-sources/away/precheck?role=both").status()).isEqualTo(400);
        assertThat(admin.get("data-sources/nothing/precheck?role=source").status())
                .isEqualTo(404);
    }

    @Test
    void checksMariaDbByItsOwnNames() {
        DatabaseServer maria = SharedServers.mariadb();
        maria.execute(
                "CREATE OR REPLACE USER admin_it@'%' IDENTIFIED BY 'pw'",
                "GRANT REPLICATION SLAVE, BINLOG MONITOR, SELECT ON *.* TO admin_it@'%'");
        save("mariadb", "MARIADB", maria.port(), "admin_it", "pw");
        JsonNode test = admin.post("data-sources/mariadb/test", "").json();
        assertThat(test.path("server").asString()).as(test.toString()).startsWith("MariaDB 10.11");
        JsonNode report = precheck("mariadb", "source");
        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        maria.execute("REVOKE BINLOG MONITOR ON *.* FROM admin_it@'%'");
        assertThat(finding(precheck("mariadb", "source"), "REPLICATION CLIENT")
                        .path("fix")
                        .asString())
                .startsWith("GRANT BINLOG MONITOR");
        maria.execute("DROP USER admin_it@'%'");
    }

    @Test
    void checksRedisAsATarget() {
        RedisServer redis = SharedServers.redis();
        save("redis", "REDIS", redis.port(), "", redis.password());
        JsonNode report = precheck("redis", "target");
        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(finding(report, "role").path("found").asString()).isEqualTo("master");
        assertThat(precheck("redis", "source").path("ok").asBoolean()).isFalse();
    }

    @Test
    void refusesTablesThatAreNotThere() {
        Answer source = channel("bad", "main", "target", schema, "ordres", "");
        assertThat(source.status()).isEqualTo(422);
        assertThat(source.fields()).contains("pipelines[0].mappings[0].table");
        assertThat(source.body()).contains("the source has no table " + schema + ".ordres");

        Answer target = channel("bad", "main", "target", schema, "orders", ",'targetTable':'nowhere'");
        assertThat(target.status()).isEqualTo(422);
        assertThat(target.fields()).containsExactly("pipelines[0].mappings[0].targetTable");

        Answer unseen = channel("bad", "poor", "target", schema, "notes", "");
        assertThat(unseen.body()).contains("GRANT SELECT");

        assertThat(admin.get("channels/bad").status()).isEqualTo(404);
    }

    @Test
    void refusesColumnsThatAreNotThereAndWarnsAboutThoseTheTargetLacks() {
        Answer source = channel("bad", "main", "target", schema, "orders", ",'columns':{'exclude':['prize']}");
        assertThat(source.fields()).containsExactly("pipelines[0].mappings[0].columns.exclude");
        assertThat(source.body()).contains("it has id, total");

        Answer target = channel("warned", "main", "target", schema, "orders", ",'targetTable':'small'");
        assertThat(target.status()).isEqualTo(201);
        assertThat(target.json().path("warnings").toString()).contains("lacks the columns total");
        admin.delete("channels/warned");
    }

    @Test
    void refusesWhatDoesNotFitTheTablesThatAreThere() {
        Answer unknown = channel("rows", "main", "target", schema, "orders", ",'rows':{'where':'prize > 3'}");
        assertThat(unknown.fields()).containsExactly("pipelines[0].mappings[0].rows.where");
        assertThat(unknown.body()).contains("no column 'prize'");
        Answer type = channel("rows", "main", "target", schema, "orders", ",'rows':{'where':'total LIKE `x`'}");
        assertThat(type.fields()).containsExactly("pipelines[0].mappings[0].rows.where");
        Answer set = channel(
                "rows", "main", "target", schema, "orders", ",'set':[{'column':'total','expression':'prize * 2'}]");
        assertThat(set.fields())
                .contains("pipelines[0].mappings[0].set[0].column", "pipelines[0].mappings[0].set[0].expression");
        createChannel("rows", "main", "target", schema, "orders", ",'rows':{'where':'total > 3 AND id <> 7'}");
        admin.delete("channels/rows");

        Answer key = admin.post(
                "data-sources",
                ("{'name':'cut','kind':'MYSQL','host':'127.0.0.1','port':%d,'username':'%s','password':'%s',"
                                + "'capture':{'filter':{'excludeColumns':['%s.*:total/ID']}}}")
                        .formatted(mysql.port(), mysql.user(), mysql.password(), schema));
        assertThat(key.status()).as(key.body()).isEqualTo(422);
        assertThat(key.fields()).containsExactly("capture.filter.excludeColumns");
        assertThat(key.body()).contains(schema + ".orders:id").doesNotContain("total,");
    }

    @Test
    void doesNotAskAboutTablesWhenToldNotTo() {
        String channel = channelJson("later", "main", "target", schema, "not_yet", "");
        assertThat(admin.post("channels?check=false", channel).status()).isEqualTo(201);
        assertThat(admin.put("channels/later", channel).status()).isEqualTo(422);
        admin.delete("channels/later");
    }

    private static void save(String name, String user, String password) {
        save(name, "MYSQL", mysql.port(), user, password);
    }

    private static void save(String name, String kind, int port, String user, String password) {
        String capture = kind.equals("REDIS") ? "" : ",'capture':{}";
        Answer answer = admin.post(
                "data-sources",
                "{'name':'%s','kind':'%s','host':'127.0.0.1','port':%d,'username':'%s','password':'%s'%s}"
                        .formatted(name, kind, port, user, password, capture));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static JsonNode test(String host, int port, String user, String password, String tls) {
        return admin.post(
                        "data-sources/test",
                        "{'name':'new','kind':'MYSQL','host':'%s','port':%d,'username':'%s','password':'%s','tls':'%s'}"
                                .formatted(host, port, user, password, tls))
                .json();
    }

    private static String message(String host, int port, String user, String password, String tls) {
        JsonNode test = test(host, port, user, password, tls);
        assertThat(test.path("ok").asBoolean()).as(test.toString()).isFalse();
        return test.path("message").asString();
    }

    private static JsonNode redisTest(int port, String password) {
        return admin.post(
                        "data-sources/test",
                        "{'name':'new','kind':'REDIS','host':'127.0.0.1','port':%d,'password':'%s'}"
                                .formatted(port, password))
                .json();
    }

    private static JsonNode precheck(String name, String role) {
        return admin.get("data-sources/" + name + "/precheck?role=" + role).json();
    }

    private static JsonNode finding(JsonNode report, String name) {
        return report.path("findings")
                .valueStream()
                .filter(finding -> finding.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding " + name + " in " + report));
    }

    private static void createChannel(
            String name, String source, String target, String schema, String table, String more) {
        Answer answer = channel(name, source, target, schema, table, more);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static Answer channel(String name, String source, String target, String schema, String table, String more) {
        return admin.post("channels", channelJson(name, source, target, schema, table, more));
    }

    private static String channelJson(
            String name, String source, String target, String schema, String table, String more) {
        return ("{'name':'%1$s','pipelines':[{'name':'%1$s','source':'%2$s','target':'%3$s',"
                        + "'mappings':[{'schema':'%4$s','table':'%5$s'%6$s}]}]}")
                .formatted(name, source, target, schema, table, more);
    }
}
