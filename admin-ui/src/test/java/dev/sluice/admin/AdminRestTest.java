package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminServer.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The REST interface with no broker and no servers in reach: everything but live checks must work then. All in one class,
 * for they share an admin service that takes seconds to start.
 */
class AdminRestTest {
    private static final String SOURCE =
            "{'name':'%s','kind':'MYSQL','host':'127.0.0.1','port':1,'username':'u','password':'s3cr3t-%s','capture':{}}";
    private static final String CHANNEL =
            "{'name':'shop','pipelines':[{'name':'copy','source':'a','target':'b','mappings':[{'schema':'shop','table':'*'}]}]}";

    @TempDir
    private static Path data;

    private static AdminServer admin;

    @BeforeAll
    static void start() {
        admin = AdminServer.start(data, AdminServer.NO_BROKER);
    }

    @AfterAll
    static void stop() {
        admin.close();
    }

    @BeforeEach
    void createSourceAndTarget() {
        assertThat(admin.post("data-sources", SOURCE.formatted("a", "a")).status())
                .isEqualTo(201);
        assertThat(admin.post("data-sources", SOURCE.formatted("b", "b")).status())
                .isEqualTo(201);
    }

    @AfterEach
    void deleteEverything() {
        for (String kind : List.of("channels", "data-sources")) {
            admin.get(kind)
                    .json()
                    .forEach(one -> admin.delete(kind + "/" + one.path("name").asString()));
        }
    }

    @Test
    void createsShowsChangesAndDeletesADataSource() {
        Answer created = admin.post("data-sources", SOURCE.formatted("c", "c"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/data-sources/c");
        assertThat(admin.get("data-sources/c")
                        .json()
                        .path("capture")
                        .path("logMaxAge")
                        .asString())
                .isEqualTo("PT168H");

        Answer changed = admin.put("data-sources/c", "{'name':'c','kind':'MYSQL','host':'elsewhere','username':'u'}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("host").asString()).isEqualTo("elsewhere");
        assertThat(changed.json().path("port").asInt()).isEqualTo(3306);
        assertThat(changed.json().path("passwordSet").asBoolean()).isTrue();

        assertThat(admin.delete("data-sources/c").status()).isEqualTo(204);
        assertThat(admin.get("data-sources/c").status()).isEqualTo(404);
        assertThat(admin.delete("data-sources/c").status()).isEqualTo(404);
    }

    @Test
    void keepsTheRulesForStatementsAndTheAnswers() {
        String ruled = CHANNEL.replace("'mappings'", "'apply':{'ddl':{'alter':'APPLY','drop':'ASK'}},'mappings'");
        assertThat(admin.post("channels?check=false", ruled).status()).isEqualTo(201);
        Answer answered = admin.post("pipelines/copy/statements/17/apply", "");
        assertThat(answered.status()).isEqualTo(202);
        assertThat(admin.post("pipelines/copy/statements/18/ignore", "").status())
                .isEqualTo(202);
        assertThat(admin.post("pipelines/copy/statements/18/perhaps", "").status())
                .isEqualTo(400);
        assertThat(admin.post("pipelines/nobody/statements/18/ignore", "").status())
                .isEqualTo(404);

        String changed = CHANNEL.replace("'mappings'", "'apply':{'ddl':{'alter':'ASK'}},'mappings'");
        assertThat(admin.put("channels/shop?check=false", changed).status()).isEqualTo(200);
        JsonNode rules = admin.get("channels/shop").json().at("/pipelines/0/apply/ddl");
        assertThat(rules.path("alter").asString()).isEqualTo("ASK");
        assertThat(rules.path("drop").asString()).isEqualTo("IGNORE");
        assertThat(rules.path("answers")).hasSize(2);
        assertThat(rules.at("/answers/0/entry").asInt()).isEqualTo(17);
        assertThat(rules.at("/answers/0/apply").asBoolean()).isTrue();
        assertThat(rules.at("/answers/1/apply").asBoolean()).isFalse();
    }

    @Test
    void keepsTheRulesForBadRowsAndReleasesAPipeline() {
        String ruled = CHANNEL.replace("'mappings'", "'apply':{'onBadRow':'PARK','missingRow':'PARK'},'mappings'");
        assertThat(admin.post("channels?check=false", ruled).status()).isEqualTo(201);
        JsonNode rules = admin.get("channels/shop").json().at("/pipelines/0/apply");
        assertThat(rules.path("onBadRow").asString()).isEqualTo("PARK");
        assertThat(rules.path("recoveries").asInt()).isEqualTo(10);
        Answer wrong = admin.put(
                "channels/shop?check=false",
                CHANNEL.replace("'mappings'", "'apply':{'attempts':-1,'missingRow':'PARK'},'mappings'"));
        assertThat(wrong.fields()).containsExactly("pipelines[0].apply.attempts", "pipelines[0].apply.missingRow");
        assertThat(admin.post("snapshots", "{'name':'load','pipelines':['copy']}")
                        .fields())
                .containsExactly("pipelines[0]");

        Answer released = admin.post("pipelines/copy/release", "");
        assertThat(released.status()).isEqualTo(202);
        assertThat(released.json().path("generation").asInt()).isEqualTo(2);
        assertThat(released.json().path("state").asString()).isEqualTo("STOPPED");
        assertThat(admin.post("pipelines/nobody/release", "").status()).isEqualTo(404);
        assertThat(admin.get("configuration/history")
                        .json()
                        .path(0)
                        .path("comment")
                        .asString())
                .isEqualTo("release pipeline copy");
        assertThat(admin.get("parked-rows").json().path("total").asInt()).isZero();
        assertThat(admin.get("/v3/api-docs").body()).contains("/api/v1/parked-rows/{id}/retry");
    }

    @Test
    void asksForSnapshotsAndCommandsThem() {
        assertThat(admin.post("channels?check=false", CHANNEL).status()).isEqualTo(201);
        Answer created = admin.post(
                "snapshots",
                "{'name':'load','pipelines':['copy'],'tables':[{'schema':'shop','table':'orders','where':'id > 7'}]}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/snapshots/load");
        assertThat(created.json().path("wanted").path("source").asString()).isEqualTo("a");
        assertThat(admin.post("snapshots/load/pause", "").status()).isEqualTo(202);
        JsonNode paused = admin.get("snapshots/load").json().path("wanted");
        assertThat(paused.path("state").asString()).isEqualTo("PAUSED");
        assertThat(paused.path("generation").asInt()).isEqualTo(2);
        assertThat(admin.post("snapshots/load/resume", "").status()).isEqualTo(202);
        assertThat(admin.post("snapshots/load/cancel", "").status()).isEqualTo(202);
        assertThat(admin.post("snapshots/load/resume", "").status()).isEqualTo(409);
        assertThat(admin.post("snapshots", "{'name':'load','pipelines':['copy']}")
                        .status())
                .isEqualTo(409);
        Answer whole = admin.post("snapshots", "{'pipelines':['copy']}");
        assertThat(whole.status()).isEqualTo(201);
        assertThat(admin.get("snapshots").json()).hasSize(2);
        assertThat(admin.delete("snapshots/load").status()).isEqualTo(204);
        assertThat(admin.get("snapshots/load").status()).isEqualTo(404);

        Answer evil = admin.post(
                "snapshots", "{'pipelines':['copy'],'tables':[{'schema':'s','table':'t','where':'SLEEP(9) = 0'}]}");
        assertThat(evil.status()).isEqualTo(422);
        assertThat(evil.json().path("errors").path(0).path("field").asString()).isEqualTo("tables[0].where");
        Answer unknown = admin.post("snapshots", "{'source':'a','pipelines':['nobody']}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().path("errors").path(0).path("field").asString())
                .isEqualTo("pipelines[0]");
        assertThat(admin.delete("channels/shop").status()).isEqualTo(204);
        assertThat(admin.get("snapshots").json()).isEmpty();
    }

    @Test
    void neverShowsAPassword() {
        for (String path :
                List.of("data-sources", "data-sources/a", "configuration", "configuration/history", "status")) {
            Answer answer = admin.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain("s3cr3t").doesNotContain("enc:v1:");
        }
        assertThat(admin.get("configuration").body()).contains("\"passwordSet\":true");
    }

    @Test
    void forgetsAPasswordThatIsSetToNothing() {
        String input = "{'name':'a','kind':'MYSQL','host':'h','username':'u','password':'','capture':{}}";
        assertThat(admin.put("data-sources/a", input).json().path("passwordSet").asBoolean())
                .isFalse();
    }

    @Test
    void namesAnUnknownKey() {
        Answer answer = admin.post(
                "channels", "{'name':'c','pipelines':[{'name':'p','source':'a','target':'b','mapings':[]}]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.fields()).containsExactly("pipelines[0].mapings");
        assertThat(answer.json().path("detail").asString()).contains("unknown key 'mapings'", "mappings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'name':", "", "nonsense", "[]", "{'name':'x'} trailing", "null"})
    void refusesABodyThatIsNotTheJsonItNeeds(String body) {
        Answer answer = admin.post("data-sources", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).isNotEmpty();
    }

    @Test
    void namesAWordThatIsNoneOfTheRightOnes() {
        Answer answer = admin.post("data-sources", "{'name':'x','kind':'POSTGRES','host':'h'}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fields()).containsExactly("kind");
        assertThat(answer.body()).contains("MYSQL, MARIADB, POSTGRESQL, ORACLE, REDIS");
    }

    @Test
    void listsEveryWrongFieldAsTheCallerNamedIt() {
        Answer answer = admin.post(
                "channels",
                "{'name':'c','pipelines':[{'name':'p','source':'nowhere','target':'b','partitions':500,"
                        + "'mappings':[{'schema':'s','table':'t','columns':{'include':['x'],'exclude':['x']}}]}]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fields())
                .containsExactly(
                        "pipelines[0].partitions", "pipelines[0].source", "pipelines[0].mappings[0].columns.exclude");
        assertThat(admin.post("data-sources", "{'kind':'REDIS','host':' '}").fields())
                .containsExactly("name");
        assertThat(admin.post("data-sources", "{'name':'Ä','kind':'REDIS','host':' '}")
                        .fields())
                .containsExactly("name", "host");
    }

    @Test
    void changesNothingWhenItRefuses() {
        long before = version();
        admin.post("channels", "{'name':'c','pipelines':[]}");
        assertThat(version()).isEqualTo(before);
        assertThat(admin.get("channels/c").status()).isEqualTo(404);
    }

    @Test
    void refusesNamesThatAreTakenAndDataSourcesInUse() {
        Answer taken = admin.post("data-sources", SOURCE.formatted("a", "x"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.fields()).containsExactly("name");
        assertThat(admin.post("channels?check=false", CHANNEL).status()).isEqualTo(201);
        assertThat(admin.post("channels?check=false", CHANNEL).status()).isEqualTo(409);
        Answer inUse = admin.delete("data-sources/a");
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.body()).contains("'copy'");
    }

    @Test
    void refusesAChangeOfAVersionThatIsNotCurrent() {
        long version = version();
        String input = "{'name':'a','kind':'MYSQL','host':'h','username':'u','capture':{}}";
        assertThat(admin.put("data-sources/a", input, "If-Match", "\"" + version + "\"")
                        .status())
                .isEqualTo(200);
        Answer stale = admin.put("data-sources/a", input, "If-Match", "\"" + version + "\"");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("read it again");
        assertThat(admin.put("data-sources/a", input, "If-Match", "x").status()).isEqualTo(400);
    }

    @Test
    void takesAChannelBackAsItGaveIt() {
        admin.post("channels?check=false", CHANNEL);
        String shown = admin.get("channels/shop").body();
        Answer again = admin.send("PUT", "channels/shop?check=false", shown);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(shown);
        assertThat(again.json().at("/pipelines/0/state").asString()).isEqualTo("STOPPED");
        assertThat(again.json().at("/pipelines/0/partitions").asInt()).isEqualTo(8);
        assertThat(again.body()).doesNotContain("generation");
    }

    @Test
    void warnsAboutTablesItCouldNotCheck() {
        Answer answer = admin.post("channels", CHANNEL);
        assertThat(answer.status()).isEqualTo(201);
        List<String> warnings = answer.json()
                .path("warnings")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(warnings)
                .hasSize(2)
                .allMatch(warning -> warning.contains("not checked") && warning.contains("nothing listens"));
    }

    @Test
    void keepsWhatAPipelinesStateHangsOn() {
        admin.post("channels?check=false", CHANNEL);
        String other = CHANNEL.replace("'target':'b'", "'target':'a'").replace("'source':'a'", "'source':'b'");
        Answer answer = admin.put("channels/shop?check=false", other);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fields()).containsExactly("pipelines[0].source", "pipelines[0].target");
    }

    @Test
    void keepsInMindHowManyPartitionsAPipelineHasHad() {
        admin.post("channels?check=false", CHANNEL);
        long eight = version();
        assertThat(admin.put("channels/shop?check=false", CHANNEL.replace("'target'", "'partitions':3,'target'"))
                        .status())
                .isEqualTo(200);
        assertThat(pipeline().path("partitions").asInt()).isEqualTo(3);
        assertThat(pipeline().path("partitionsBefore").asInt()).isEqualTo(8);
        admin.post("pipelines/copy/start", "");
        assertThat(pipeline().path("partitionsBefore").asInt()).isEqualTo(8);
        admin.put("channels/shop?check=false", CHANNEL.replace("'target'", "'partitions':12,'target'"));
        assertThat(pipeline().has("partitionsBefore")).isFalse();
        admin.post("configuration/rollback", "{'version':%d}".formatted(eight));
        assertThat(pipeline().path("partitions").asInt()).isEqualTo(8);
        assertThat(pipeline().path("partitionsBefore").asInt()).isEqualTo(12);
        Answer refused =
                admin.put("channels/shop?check=false", CHANNEL.replace("'target'", "'partitions':129,'target'"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.fields()).containsExactly("pipelines[0].partitions");
    }

    @Test
    void takesWishesToReplayAPipelineAndKeepsThem() {
        admin.post("channels?check=false", CHANNEL);
        Answer taken = admin.post("pipelines/copy/replay", "{'entry':7,'tables':[{'schema':'shop','table':'ord*'}]}");
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        long first = pipeline().at("/replay/generation").asLong();
        assertThat(first).isEqualTo(taken.json().path("configVersion").asLong());
        assertThat(pipeline().at("/replay/entry").asLong()).isEqualTo(7);
        admin.put("channels/shop?check=false", CHANNEL);
        assertThat(pipeline().at("/replay/generation").asLong())
                .as("what is saved knows nothing of it")
                .isEqualTo(first);
        admin.post("pipelines/copy/replay", "{'time':'2026-11-21T09:30:00Z'}");
        assertThat(pipeline().at("/replay/generation").asLong()).isGreaterThan(first);
        assertThat(pipeline().at("/replay/tables").size()).isZero();
        assertThat(admin.post("pipelines/nobody/replay", "{'entry':7}").status())
                .isEqualTo(404);
        assertThat(admin.post("pipelines/copy/replay", "{}").fields()).containsExactly("entry");
        assertThat(admin.post("pipelines/copy/replay", "{'entry':0}").fields()).containsExactly("entry");
        assertThat(admin.post("pipelines/copy/replay", "{'time':'2999-01-01T00:00:00Z'}")
                        .fields())
                .containsExactly("time");
        assertThat(admin.post("pipelines/copy/replay", "{'entry':7,'tables':[{'schema':'shop'}]}")
                        .fields())
                .containsExactly("tables");
    }

    private static JsonNode pipeline() {
        return admin.get("configuration").json().at("/document/channels/0/pipelines/0");
    }

    @Test
    void countsEveryCommandToAPipeline() {
        admin.post("channels?check=false", CHANNEL);
        long created = generation();
        Answer started = admin.post("pipelines/copy/start", "");
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.json().path("state").asString()).isEqualTo("RUNNING");
        assertThat(started.json().path("generation").asLong()).isEqualTo(created + 1);
        assertThat(started.json().path("configVersion").asLong()).isEqualTo(version());
        admin.post("pipelines/copy/start", "");
        assertThat(generation()).isEqualTo(created + 2);
        assertThat(admin.post("pipelines/copy/pause", "").json().path("state").asString())
                .isEqualTo("PAUSED");
        assertThat(admin.post("pipelines/copy/stop", "").json().path("state").asString())
                .isEqualTo("STOPPED");
        assertThat(admin.post("pipelines/nothing/stop", "").status()).isEqualTo(404);
    }

    @Test
    void eachJumpOfAPositionIsANewOneAlsoOverARollback() {
        long before = version();
        Answer first = admin.post("data-sources/a/position", "{'mode':'EARLIEST'}");
        assertThat(first.status()).as(first.body()).isEqualTo(202);
        long generation = reset().path("generation").asLong();
        assertThat(generation).isPositive();
        assertThat(reset().path("position").path("mode").asString()).isEqualTo("EARLIEST");
        admin.post("configuration/rollback", "{'version':" + before + "}");
        admin.post("data-sources/a/position", "{'mode':'FILE','file':'b.000007','offset':4}");
        assertThat(reset().path("generation").asLong()).isGreaterThan(generation);
        assertThat(reset().path("position").path("file").asString()).isEqualTo("b.000007");

        Answer refused = admin.post("data-sources/a/position", "{'mode':'FILE','file':'b.000007'}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(admin.post("data-sources/nobody/position", "{'mode':'NOW'}").status())
                .isEqualTo(404);
    }

    private static JsonNode reset() {
        return admin.get("data-sources/a").json().path("capture").path("reset");
    }

    @Test
    void rollsBackToAnOlderVersionAsANewOne() {
        admin.post("channels?check=false", CHANNEL);
        long good = version();
        admin.post("pipelines/copy/start", "");
        admin.delete("channels/shop");
        long generation = 2;
        Answer answer = admin.post("configuration/rollback", "{'version':%d}".formatted(good));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("version").asLong()).isEqualTo(good + 3);
        assertThat(generation()).isGreaterThanOrEqualTo(generation);
        JsonNode history = admin.get("configuration/history").json();
        assertThat(history.get(0).path("comment").asString()).isEqualTo("roll back to version " + good);
        assertThat(history.get(0).path("author").asString()).isEqualTo("admin");
        assertThat(admin.post("configuration/rollback", "{'version':99999}").status())
                .isEqualTo(404);
    }

    @Test
    void saysThatTheBrokerIsAwayAndGoesOn() {
        JsonNode status = admin.get("status").json();
        assertThat(status.at("/broker/connected").asBoolean()).isFalse();
        assertThat(status.at("/broker/error").asString()).contains("127.0.0.1:1");
        Answer health = admin.get("/actuator/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.json().at("/components/broker/status").asString()).isEqualTo("DOWN");
        assertThat(health.json().at("/components/db/status").asString()).isEqualTo("UP");
        assertThat(admin.get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void showsPipelinesThatNobodyReportsOnAsUnknown() {
        admin.post("channels?check=false", CHANNEL.replace("'mappings'", "'state':'RUNNING','mappings'"));
        JsonNode pipeline = admin.get("status").json().at("/channels/0/pipelines/0");
        assertThat(pipeline.path("state").asString()).isEqualTo("UNKNOWN");
        assertThat(pipeline.path("error").asString()).contains("no capture instance");
        assertThat(pipeline.path("inSync").asBoolean()).isFalse();
    }

    @Test
    void testsAServerThatIsNotSaved() {
        Answer answer = admin.post(
                "data-sources/test",
                "{'name':'new','kind':'MYSQL','host':'no-such-host.invalid','username':'u','password':'p'}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("ok").asBoolean()).isFalse();
        assertThat(answer.json().path("message").asString()).contains("'no-such-host.invalid' is unknown");
        assertThat(admin.post("data-sources/test", "{'name':'new','kind':'MYSQL'}")
                        .fields())
                .containsExactly("host", "username");
    }

    @Test
    void sendsAPageAskedForByItsPathToTheOneBehindTheHash() {
        assertThat(admin.get("/").body()).contains("<title>Sluice</title>");
        Map<String, String> pages = Map.of(
                "/channels", "./#/channels",
                "/channels/edit/shop", "./../../#/channels/edit/shop",
                "/data-sources?edit=db", "./#/data-sources?edit=db");
        pages.forEach((path, page) -> {
            Answer answer = admin.get(path);
            assertThat(answer.status()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).as(path).contains(page);
        });
        for (String path : List.of("/api/v1/nothing", "/missing.js", "/actuator/env")) {
            assertThat(admin.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void describesItself() {
        JsonNode paths = admin.get("/v3/api-docs").json().path("paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/api/v1/session",
                        "/api/v1/data-sources/{name}/precheck",
                        "/api/v1/channels/{name}",
                        "/api/v1/pipelines/{name}/start",
                        "/api/v1/configuration/rollback",
                        "/api/v1/status");
        assertThat(paths.at("/~1api~1v1~1data-sources/post").path("parameters").isMissingNode())
                .isTrue();
        assertThat(admin.get("/swagger-ui/index.html").status()).isEqualTo(200);
    }

    private static long version() {
        return admin.get("configuration").json().path("version").asLong();
    }

    private static long generation() {
        return admin.get("configuration")
                .json()
                .at("/document/channels/0/pipelines/0/generation")
                .asLong();
    }
}
