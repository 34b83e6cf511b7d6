package dev.sluice.change.config;

import static dev.sluice.change.config.Examples.CACHED;
import static dev.sluice.change.config.Examples.ORDERS;
import static dev.sluice.change.config.Examples.cache;
import static dev.sluice.change.config.Examples.configuration;
import static dev.sluice.change.config.Examples.mapping;
import static dev.sluice.change.config.Examples.mysql;
import static dev.sluice.change.config.Examples.oracle;
import static dev.sluice.change.config.Examples.pipeline;
import static dev.sluice.change.config.Examples.redis;
import static dev.sluice.change.config.Examples.withCapture;
import static dev.sluice.change.config.Examples.withColumns;
import static dev.sluice.change.config.Examples.withKey;
import static dev.sluice.change.config.Examples.withSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal names its field; long because there is a test for each. */
class ConfigurationValidatorTest {
    private static final String P = "channels[0].pipelines[0]";
    private static final String M = P + ".mappings[0]";

    @Test
    void acceptsDatabaseAndCachePipelinesOfOneSource() {
        assertThat(problems(configuration(pipeline("copy", "a", "b", ORDERS), pipeline("cache", "a", "r", CACHED))))
                .isEmpty();
    }

    @Test
    void acceptsTwoWay() {
        assertThat(problems(configuration(pipeline("there", "a", "b", ORDERS), pipeline("back", "b", "a", ORDERS))))
                .isEmpty();
    }

    @Test
    void acceptsTablesThatAreMadeAtDatabasesOnly() {
        assertThat(problems(configuration(
                        pipeline("p", "a", "o", mapping("shop", "*").creatingTables()))))
                .isEmpty();
        Mapping cached =
                new Mapping("shop", "users", null, null, ColumnRules.ALL, cache("user:{id}"), null, List.of(), true);
        assertThat(problems(configuration(pipeline("p", "a", "r", cached))))
                .containsExactly(new ConfigurationProblem(
                        P + ".mappings[0].createTable", "has a meaning only if the target is a database; remove it"));
    }

    @Test
    void acceptsStatementsAtEveryDatabase() {
        assertThat(problems(configuration(applying("p", "a", "b")))).isEmpty();
        assertThat(problems(configuration(applying("p", "a", "o")))).isEmpty();
        assertThat(problems(configuration(applying("p", "a", "r"))))
                .contains(new ConfigurationProblem(
                        P + ".apply", "has a meaning only if the target is a database; remove it"));
    }

    @Test
    void refusesStatementsThatGoInACircle() {
        assertThat(problems(configuration(applying("there", "a", "b"), pipeline("back", "b", "a", ORDERS))))
                .isEmpty();
        Configuration circle = new Configuration(
                1,
                List.of(mysql("a"), mysql("b"), mysql("c")),
                List.of(
                        new Channel("one", List.of(applying("ab", "a", "b"), applying("bc", "b", "c"))),
                        new Channel("two", List.of(applying("ca", "c", "a")))));
        assertThat(fields(circle))
                .containsExactly(
                        P + ".apply.ddl", "channels[0].pipelines[1].apply.ddl", "channels[1].pipelines[0].apply.ddl");
    }

    @Test
    @SuppressWarnings("NullAway") // what the validator is for
    void saysWhatIsMissingWhereStatementsAreApplied() {
        assertThat(fields(configuration(applying("there", "a", "b"), applying("nowhere", "b", null))))
                .containsExactly("channels[0].pipelines[1].target");
    }

    private static Pipeline applying(String name, String source, String target) {
        return pipeline(name, source, target, ORDERS)
                .withApply(ApplyRules.DEFAULT.withDdl(DdlRules.of(DdlRules.Policy.ASK)));
    }

    @Test
    void acceptsPatternsRenamesAndManyToOne() {
        Pipeline pipeline = pipeline(
                "copy",
                "a",
                "b",
                mapping("shop", "orders_??", "shop", "orders"),
                mapping("shop", "*"),
                mapping("crm_*", "*", "crm", null));
        assertThat(problems(configuration(pipeline))).isEmpty();
    }

    @Test
    void acceptsTheEmptyConfiguration() {
        assertThat(problems(Configuration.EMPTY)).isEmpty();
    }

    @Test
    void throwsTheFirstProblem() {
        assertThatThrownBy(() -> ConfigurationValidator.validate(configuration(pipeline("P", "a", "b", ORDERS))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(P + ".name: 'P' is not a name; use 1 to 40 of a-z, 0-9 and -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a_b", "a b", "a.b", "ä", "abcdefghijabcdefghijabcdefghijabcdefghij1"})
    void refusesNamesThatCannotBePartOfAQueueName(String name) {
        Configuration configuration = new Configuration(
                1, List.of(mysql(name)), List.of(new Channel(name, List.of(pipeline(name, name, name, ORDERS)))));
        assertThat(fields(configuration)).contains("dataSources[0].name", "channels[0].name", P + ".name");
    }

    @Test
    void refusesNamesGivenTwice() {
        Channel channel = new Channel("c", List.of(pipeline("p", "a", "b", ORDERS)));
        Channel again = new Channel("c", List.of(pipeline("p", "b", "a", ORDERS)));
        assertThat(fields(new Configuration(1, List.of(mysql("a"), mysql("b"), mysql("a")), List.of(channel, again))))
                .containsExactly("dataSources[2].name", "channels[1].name", "channels[1].pipelines[0].name");
    }

    @Test
    void refusesDataSourcesThatAreNotThere() {
        assertThat(fields(configuration(pipeline("p", "x", "y", ORDERS))))
                .containsExactly(P + ".source", P + ".target");
    }

    @Test
    void refusesASourceThatCannotBeCaptured() {
        assertThat(only(configuration(pipeline("p", "r", "b", ORDERS))))
                .isEqualTo(new ConfigurationProblem(
                        P + ".source",
                        "'r' is a REDIS server, which cannot be captured; choose a MYSQL or MARIADB data source"));
    }

    @Test
    void refusesASourceWithoutCaptureSettings() {
        Configuration configuration = new Configuration(
                1,
                List.of(withCapture(mysql("a"), null), mysql("b")),
                List.of(new Channel("c", List.of(pipeline("p", "a", "b", ORDERS)))));
        assertThat(only(configuration).field()).isEqualTo(P + ".source");
        assertThat(only(configuration).fix()).contains("set its capture");
    }

    @Test
    void acceptsAnOracleTargetAndRefusesItAsASource() {
        ConfigurationValidator.validate(configuration(pipeline("p", "a", "o", ORDERS)));
        assertThat(problems(new Configuration(
                        1,
                        List.of(mysql("a"), oracle("o")),
                        List.of(new Channel("c", List.of(pipeline("p", "o", "a", ORDERS)))))))
                .extracting(ConfigurationProblem::field)
                .contains(P + ".source");
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL,,name the PostgreSQL database",
        "ORACLE,,name the service",
        "POSTGRESQL,shop?sslmode=disable,no name of a database",
        "ORACLE,a/b,no name of a database",
        "MYSQL,shop,only if the kind is POSTGRESQL or ORACLE"
    })
    void asksForTheDatabaseWhereThereIsOne(DataSource.Kind kind, String database, String fix) {
        DataSource source = new DataSource("x", kind, "localhost", 1, "sluice", "", TlsMode.DISABLED, null, null)
                .withDatabase(database);
        ConfigurationProblem problem = only(new Configuration(1, List.of(source), List.of()));
        assertThat(problem.field()).isEqualTo("dataSources[0].database");
        assertThat(problem.fix()).contains(fix);
    }

    @Test
    void refusesSourceAndTargetOfOneSite() {
        Configuration configuration = new Configuration(
                1,
                List.of(withSite(mysql("a"), "berlin"), withSite(mysql("b"), "berlin")),
                List.of(new Channel("c", List.of(pipeline("p", "a", "b", ORDERS)))));
        assertThat(only(configuration).field()).isEqualTo(P + ".target");
        assertThat(only(configuration).fix()).contains("another site");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 129})
    void refusesPartitionsOutOfRange(int partitions) {
        Pipeline pipeline = new Pipeline("p", "a", "b", Pipeline.DesiredState.RUNNING, 1, partitions, List.of(ORDERS));
        assertThat(only(configuration(pipeline)).field()).isEqualTo(P + ".partitions");
    }

    @Test
    void acceptsThePartitionsAtTheLimits() {
        for (int partitions : new int[] {1, 128}) {
            Pipeline pipeline =
                    new Pipeline("p", "a", "b", Pipeline.DesiredState.RUNNING, 1, partitions, List.of(ORDERS));
            assertThat(problems(configuration(pipeline))).isEmpty();
        }
    }

    @Test
    void refusesApplyRulesThatContradictEachOther() {
        assertThat(fields(configuration(applied("b", ApplyRules.DEFAULT)))).isEmpty();
        assertThat(fields(configuration(applied(
                        "b", new ApplyRules(ApplyRules.BadRow.SUSPEND, -1, 1_001, ApplyRules.MissingRow.PARK)))))
                .containsExactly(P + ".apply.attempts", P + ".apply.recoveries", P + ".apply.missingRow");
        assertThat(only(configuration(applied("r", ApplyRules.DEFAULT))).field())
                .isEqualTo(P + ".apply");
    }

    private static Pipeline applied(String target, ApplyRules rules) {
        return new Pipeline(
                "p",
                "a",
                target,
                Pipeline.DesiredState.RUNNING,
                1,
                8,
                List.of(target.equals("r") ? CACHED : ORDERS),
                rules);
    }

    @Test
    void refusesPipelinesWithoutMappingsAndChannelsWithoutPipelines() {
        assertThat(only(configuration(pipeline("p", "a", "b"))).field()).isEqualTo(P + ".mappings");
        assertThat(only(configuration()).field()).isEqualTo("channels[0].pipelines");
    }

    @Test
    void refusesRowsThatWouldComeBackToTheirOwnTable() {
        assertThat(only(configuration(pipeline("p", "a", "a", ORDERS))).field()).isEqualTo(M + ".targetSchema");
        assertThat(only(configuration(pipeline("p", "a", "a", mapping("sh*", "*", "shop2", null))))
                        .field())
                .isEqualTo(M + ".targetSchema");
        assertThat(problems(configuration(pipeline("p", "a", "a", mapping("shop", "*", "copy", null)))))
                .isEmpty();
    }

    @Test
    void refusesMappingsThatAnEarlierOneHides() {
        assertThat(only(configuration(pipeline("p", "a", "b", mapping("shop", "*"), ORDERS)))
                        .field())
                .isEqualTo(P + ".mappings[1].table");
        assertThat(problems(configuration(pipeline("p", "a", "b", mapping("shop", "order?"), mapping("shop", "*")))))
                .isEmpty();
        assertThat(problems(configuration(pipeline("p", "a", "b", mapping("shop", "o?"), mapping("shop", "o*")))))
                .isEmpty();
    }

    @Test
    void refusesPatternsAsTargetsAndSchemasOfTheServer() {
        assertThat(fields(configuration(pipeline("p", "a", "b", mapping("shop", "*", "x*", "y?")))))
                .containsExactly(M + ".targetSchema", M + ".targetTable");
        assertThat(fields(configuration(pipeline("p", "a", "b", mapping("mysql", "user")))))
                .containsExactly(M + ".schema");
    }

    @Test
    void refusesTwoPipelinesThatWriteTheSameTableFromTheSameSource() {
        assertThat(only(configuration(pipeline("p", "a", "b", ORDERS), pipeline("q", "a", "b", ORDERS)))
                        .field())
                .isEqualTo("channels[0].pipelines[1].mappings[0].table");
    }

    @Test
    void refusesACacheTargetWithoutRuleAndARuleWithoutCacheTarget() {
        assertThat(only(configuration(pipeline("p", "a", "r", ORDERS))).field()).isEqualTo(M + ".cache");
        assertThat(only(configuration(pipeline("p", "a", "b", CACHED))).field()).isEqualTo(M + ".cache");
    }

    @ParameterizedTest
    @CsvSource({
        "user:{id,lacks a }",
        "user:id},without {",
        "user:{},empty braces",
        "user:{{id}},inside braces",
        "user,names no column",
        "'',is missing"
    })
    void refusesKeyTemplatesThatMakeNoKeys(String key, String says) {
        ConfigurationProblem problem = only(configuration(pipeline("p", "a", "r", withKey(key))));
        assertThat(problem.field()).isEqualTo(M + ".cache.key");
        assertThat(problem.fix()).contains(says);
    }

    @Test
    void refusesAKeyColumnThatIsLeftOut() {
        Mapping mapping = new Mapping(
                "shop",
                "users",
                null,
                null,
                new ColumnRules(List.of(), List.of("ID"), Map.of()),
                Examples.cache("user:{id}"));
        assertThat(only(configuration(pipeline("p", "a", "r", mapping))).fix()).startsWith("{id} is left out");
    }

    @Test
    void refusesAnEntryThatExpiresAtOnce() {
        CacheRule rule = new CacheRule("user:{id}", CacheRule.Format.HASH, Duration.ZERO);
        Mapping mapping = new Mapping("shop", "users", null, null, ColumnRules.ALL, rule);
        assertThat(only(configuration(pipeline("p", "a", "r", mapping))).field())
                .isEqualTo(M + ".cache.ttl");
    }

    @Test
    void refusesColumnsBothIncludedAndExcluded() {
        assertThat(only(columns(List.of("id", "Name"), List.of("name"), Map.of()))
                        .field())
                .isEqualTo(M + ".columns.exclude");
    }

    @Test
    void refusesColumnsNamedTwice() {
        assertThat(only(columns(List.of("id", "ID"), List.of(), Map.of())).field())
                .isEqualTo(M + ".columns.include[1]");
    }

    @Test
    void refusesRenamesThatClash() {
        assertThat(fields(columns(List.of(), List.of(), Map.of("a", "x", "b", "X"))))
                .hasSize(1)
                .allMatch(field -> field.startsWith(M + ".columns.rename."));
        assertThat(only(columns(List.of("a", "b"), List.of(), Map.of("a", "B"))).field())
                .isEqualTo(M + ".columns.rename.a");
        assertThat(problems(columns(List.of("a", "b"), List.of(), Map.of("a", "b", "b", "a"))))
                .isEmpty();
    }

    @Test
    void refusesRenamesOfColumnsThatAreLeftOut() {
        assertThat(only(columns(List.of(), List.of("a"), Map.of("a", "b"))).fix())
                .contains("left out");
        assertThat(only(columns(List.of("b"), List.of(), Map.of("a", "c"))).fix())
                .contains("left out");
    }

    @Test
    void refusesAddressesThatAreNone() {
        DataSource source = new DataSource(
                "a", DataSource.Kind.MYSQL, "host:3306/db", 0, "", "clear", TlsMode.REQUIRED, "Bad Site", null);
        assertThat(fields(new Configuration(1, List.of(source), List.of())))
                .containsExactly(
                        "dataSources[0].host",
                        "dataSources[0].port",
                        "dataSources[0].username",
                        "dataSources[0].password",
                        "dataSources[0].site");
    }

    @Test
    void neverRepeatsAPassword() {
        DataSource source =
                new DataSource("a", DataSource.Kind.MYSQL, "h", 1, "u", "hunter2", TlsMode.REQUIRED, null, null);
        assertThat(only(new Configuration(1, List.of(source), List.of())).fix()).doesNotContain("hunter2");
        assertThat(source.toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesCertificatesThatWouldNotBeUsedOrShowTheKey() {
        DataSource source = new DataSource("a", DataSource.Kind.MYSQL, "h", 1, "u", "", TlsMode.PREFERRED, null, null);
        TlsCertificates clear = new TlsCertificates("no PEM", null, "secret key");
        Configuration configuration = new Configuration(1, List.of(source.withCertificates(clear)), List.of());
        assertThat(fields(configuration))
                .containsExactly(
                        "dataSources[0].certificates.trusted",
                        "dataSources[0].certificates.trusted",
                        "dataSources[0].certificates.client");
        assertThat(ConfigurationValidator.problems(configuration).toString() + clear)
                .doesNotContain("secret key");
        assertThat(only(new Configuration(1, List.of(redis("r").withCertificates(TlsCertificates.NONE)), List.of()))
                        .field())
                .isEqualTo("dataSources[0].certificates");
        assertThat(only(new Configuration(1, List.of(oracle("o").withCertificates(TlsCertificates.NONE)), List.of()))
                        .fix())
                .contains("ORACLE with tls DISABLED");
    }

    @Test
    void refusesCaptureOfAServerThatHasNoBinlog() {
        DataSource source = withCapture(redis("r"), CaptureSettings.fromNow());
        assertThat(only(new Configuration(1, List.of(source), List.of())).field())
                .isEqualTo("dataSources[0].capture");
    }

    @Test
    void refusesStartPositionsThatSayTooLittleOrTooMuch() {
        assertThat(startFields(CaptureSettings.StartPosition.Mode.FILE, null, 2L, null))
                .containsExactly("file", "offset");
        assertThat(startFields(CaptureSettings.StartPosition.Mode.GTID, null, null, " "))
                .containsExactly("gtidSet");
        assertThat(startFields(CaptureSettings.StartPosition.Mode.NOW, "mysql-bin.000001", 4L, "u:1"))
                .containsExactly("file", "offset", "gtidSet");
        assertThat(startFields(CaptureSettings.StartPosition.Mode.FILE, "mysql-bin.000001", 4L, null))
                .isEmpty();
    }

    @Test
    void refusesPositionsThatAreNone() {
        assertThat(startFields(CaptureSettings.StartPosition.Mode.GTID, null, null, "0-1-100"))
                .containsExactly("gtidSet");
        assertThat(startFields(CaptureSettings.StartPosition.Mode.TIMESTAMP, null, null, null))
                .containsExactly("timestamp");
        String uuid = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
        for (String set : List.of(uuid + ":1-5:7", uuid + ":1,\n" + uuid + ":tag:1-3:9", uuid + ":1-5,")) {
            assertThat(startFields(CaptureSettings.StartPosition.Mode.GTID, null, null, set))
                    .as(set)
                    .isEmpty();
        }
        CaptureSettings.StartPosition now = CaptureSettings.StartPosition.NOW;
        CaptureSettings jump = CaptureSettings.fromNow().withReset(new PositionReset(0, now));
        assertThat(only(of(jump)).field()).isEqualTo("dataSources[0].capture.reset.generation");
        CaptureSettings nowhere = CaptureSettings.fromNow()
                .withReset(new PositionReset(
                        1, new CaptureSettings.StartPosition(CaptureSettings.StartPosition.Mode.FILE, "f", 1L, null)));
        assertThat(only(of(nowhere)).field()).isEqualTo("dataSources[0].capture.reset.position.offset");
    }

    @Test
    void refusesStandbysThatCannotBeReached() {
        List<ServerAddress> standbys =
                List.of(new ServerAddress("b", 3306), new ServerAddress("b", 3306), new ServerAddress("x/1", 0));
        CaptureSettings capture =
                CaptureSettings.fromNow().withServers(new SourceServers(standbys, SourceServers.Role.REPLICA));
        assertThat(fields(of(capture)))
                .containsExactly(
                        "dataSources[0].capture.servers.standbys[1].host",
                        "dataSources[0].capture.servers.standbys[2].host",
                        "dataSources[0].capture.servers.standbys[2].port");
    }

    @Test
    void refusesTwoCapturesOfOneServerWithOneServerId() {
        CaptureSettings capture =
                new CaptureSettings(CaptureSettings.fromNow().start(), 7, 1_000_000_000, Duration.ofDays(1));
        DataSource one =
                new DataSource("a", DataSource.Kind.MYSQL, "h", 3306, "u", "", TlsMode.REQUIRED, null, capture);
        DataSource two =
                new DataSource("b", DataSource.Kind.MYSQL, "h", 3306, "u", "", TlsMode.REQUIRED, null, capture);
        assertThat(only(new Configuration(1, List.of(one, two), List.of())).field())
                .isEqualTo("dataSources[1].capture.serverId");
    }

    @Test
    void refusesOneServerIdAtAStandbyToo() {
        CaptureSettings capture =
                new CaptureSettings(CaptureSettings.fromNow().start(), 7, 1_000_000_000, Duration.ofDays(1));
        SourceServers servers = new SourceServers(List.of(new ServerAddress("H", 3306)), SourceServers.Role.PRIMARY);
        DataSource one =
                new DataSource("a", DataSource.Kind.MYSQL, "h", 3306, "u", "", TlsMode.REQUIRED, null, capture);
        DataSource two = new DataSource(
                "b", DataSource.Kind.MYSQL, "i", 3306, "u", "", TlsMode.REQUIRED, null, capture.withServers(servers));
        assertThat(only(new Configuration(1, List.of(one, two), List.of())).field())
                .isEqualTo("dataSources[1].capture.serverId");
        long derived = CaptureSettings.fromNow().replicaId("a");
        CaptureSettings taken =
                new CaptureSettings(CaptureSettings.fromNow().start(), derived, 1_000_000_000, Duration.ofDays(1));
        DataSource three =
                new DataSource("c", DataSource.Kind.MYSQL, "h", 3306, "u", "", TlsMode.REQUIRED, null, taken);
        DataSource byName = withCapture(one, CaptureSettings.fromNow());
        assertThat(only(new Configuration(1, List.of(byName, three), List.of())).field())
                .isEqualTo("dataSources[1].capture.serverId");
    }

    @Test
    void refusesALogThatKeepsNothing() {
        CaptureSettings capture = new CaptureSettings(CaptureSettings.fromNow().start(), -1, 0, Duration.ofSeconds(1));
        assertThat(fields(new Configuration(1, List.of(withCapture(mysql("a"), capture)), List.of())))
                .containsExactly(
                        "dataSources[0].capture.serverId",
                        "dataSources[0].capture.logMaxBytes",
                        "dataSources[0].capture.logMaxAge");
    }

    @Test
    void refusesARowConditionThatIsNone() {
        Mapping mapping = Examples.ORDERS.withRows(new RowFilter("lower(status) = 'paid'", List.of()));
        ConfigurationProblem problem = only(configuration(pipeline("p", "a", "b", mapping)));
        assertThat(problem.field()).isEqualTo("channels[0].pipelines[0].mappings[0].rows.where");
        assertThat(problem.fix()).contains("lower(status)");
        Mapping right = Examples.ORDERS.withRows(new RowFilter("status = 'PAID'", List.of(ChangeKind.INSERT)));
        assertThat(problems(configuration(pipeline("p", "a", "b", right)))).isEmpty();
    }

    @Test
    void refusesCaptureFiltersThatMeanNothing() {
        CaptureFilter filter = new CaptureFilter(
                List.of("orders", "shop\\..*", "shop.*,crm.*"),
                List.of(".t"),
                "shop\\.(orders",
                "user_\\d{1,2}",
                List.of("shop.users", "shop.users:", "users:password"),
                List.of(),
                true);
        CaptureSettings capture = CaptureSettings.fromNow()
                .withFilter(filter)
                .withHeartbeat(Duration.ofMillis(1))
                .withRetlBuffer("retl_buffer");
        assertThat(fields(new Configuration(1, List.of(withCapture(mysql("a"), capture)), List.of())).stream()
                        .map(field -> field.replace("dataSources[0].capture.", "")))
                .containsExactly(
                        "filter.include[0]",
                        "filter.include[1]",
                        "filter.include[2]",
                        "filter.exclude[0]",
                        "filter.canalRegex",
                        "filter.canalBlackRegex",
                        "filter.excludeColumns[0]",
                        "filter.excludeColumns[1]",
                        "filter.excludeColumns[2]",
                        "heartbeat",
                        "retlBuffer");
    }

    /** Whatever a hand-written document leaves out must be named, not end in a NullPointerException. */
    @Test
    void namesWhatADocumentLeavesOut() {
        String[] documents = {
            "{'version':1}",
            "{'version':1,'dataSources':[null],'channels':[null]}",
            "{'version':1,'dataSources':[{'name':'a','port':1,'capture':{'serverId':0,'logMaxBytes':0}}],'channels':[]}",
            "{'version':1,'dataSources':[],'channels':[{'name':'c'}]}",
            "{'version':1,'dataSources':[],'channels':[{'name':'c','pipelines':[null]}]}",
            "{'version':1,'dataSources':[],'channels':[{'name':'c','pipelines':[{'name':'p','generation':0,"
                    + "'partitions':1,'mappings':[null,{},{'schema':'s','table':'t'}]}]}]}",
        };
        for (String document : documents) {
            Configuration read =
                    ConfigurationCodec.decode(document.replace('\'', '"').getBytes());
            assertThat(problems(read)).as(document).isNotEmpty();
        }
    }

    private static Configuration columns(List<String> include, List<String> exclude, Map<String, String> rename) {
        return configuration(pipeline("p", "a", "b", withColumns(include, exclude, rename)));
    }

    private static List<String> startFields(
            CaptureSettings.StartPosition.Mode mode,
            @org.jspecify.annotations.Nullable String file,
            @org.jspecify.annotations.Nullable Long offset,
            @org.jspecify.annotations.Nullable String gtids) {
        DataSource source = withCapture(mysql("a"), Examples.startingAt(mode, file, offset, gtids));
        return fields(new Configuration(1, List.of(source), List.of())).stream()
                .map(field -> field.replace("dataSources[0].capture.start.", ""))
                .toList();
    }

    private static Configuration of(CaptureSettings capture) {
        return new Configuration(1, List.of(withCapture(mysql("a"), capture)), List.of());
    }

    private static List<ConfigurationProblem> problems(Configuration configuration) {
        return ConfigurationValidator.problems(configuration);
    }

    private static List<String> fields(Configuration configuration) {
        return problems(configuration).stream().map(ConfigurationProblem::field).toList();
    }

    private static ConfigurationProblem only(Configuration configuration) {
        List<ConfigurationProblem> problems = problems(configuration);
        assertThat(problems).as(Arrays.toString(problems.toArray())).hasSize(1);
        return problems.get(0);
    }
}
