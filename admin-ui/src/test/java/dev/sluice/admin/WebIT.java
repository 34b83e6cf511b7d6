package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testsupport.browser.Chromium;
import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The web interface in a real browser, with a real MySQL behind it. */
class WebIT {
    @TempDir
    private static Path data;

    private static AdminServer admin;
    private static DatabaseServer mysql;
    private static BrowserPage person;
    private static String schema;

    @BeforeAll
    static void start() {
        Optional<Chromium> chromium = Chromium.find(ServerCache.standard(), System.out::println);
        assertThat(chromium).as("a browser").isPresent();
        mysql = SharedServers.mysql();
        schema = Databases.create(mysql, "web");
        mysql.execute("CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)");
        admin = AdminServer.start(data, AdminServer.NO_BROKER);
        assertThat(admin.get("/").body())
                .as("the web interface; a build with -Dskip.web leaves another page behind until the next clean")
                .contains("id=\"root\"");
        person = new BrowserPage(chromium.orElseThrow(), admin.uri("").toString());
    }

    @BeforeEach
    void logIn() {
        admin.post("data-sources", source("db", mysql.host(), mysql.port()));
        admin.post("data-sources", source("copy", "copy.example.net", 3306));
        String shop = "{'name':'shop','pipelines':[{'name':'shop','source':'db','target':'copy','state':'STOPPED',"
                + "'partitions':2,'mappings':[{'schema':'" + schema + "','table':'orders'}]}]}";
        if (admin.post("channels", shop).status() != 201) {
            admin.put("channels/shop", shop);
        }
    }

    private static String source(String name, String host, int port) {
        return "{'name':'" + name + "','kind':'MYSQL','host':'" + host + "','port':" + port + ",'username':'"
                + mysql.user() + "','password':'" + mysql.password()
                + "','capture':{'filter':{'exclude':['shop.log_*'],"
                + "'ddl':false},'heartbeat':'PT5S','retlBuffer':'retl.retl_buffer','servers':{'standbys':[{'host':'db2.example.net','port':3307}],'read':'PRIMARY'}}}";
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        person.photograph(Path.of("target", "last-page.png"));
        assertThat(person.errors()).isEmpty();
    }

    @AfterAll
    static void stop() {
        if (person != null) {
            person.close();
        }
        if (admin != null) {
            admin.close();
            mysql.execute("DROP DATABASE " + schema);
        }
    }

    @Test
    void refusesAWrongPasswordAndTakesTheRightOne() {
        person.logIn("wrong");
        person.sees("User name or password is wrong.");
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
    }

    @Test
    void leadsToThePageThatWasAskedForBeforeLoggingIn() {
        person.logIn(AdminServer.PASSWORD, "/channels");
        person.seesHeading("Channels");
        person.logIn(AdminServer.PASSWORD, "/channels/edit/shop");
        person.seesHeading("Channel shop");
        person.logIn(AdminServer.PASSWORD, "/#/data-sources?edit=db");
        person.seesIn("Host", mysql.host());
    }

    @Test
    void createsADataSource() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.open("/#/data-sources?add");
        person.type("Name", "fresh");
        person.type("Host", "fresh.example.net");
        person.type("User name", "reader");
        person.pick("Filter");
        person.addTo("Not these tables", "shop.audit");
        person.press("Create");
        person.sees("fresh is saved");
        JsonNode stored = admin.get("data-sources/fresh").json();
        assertThat(stored.path("host").asString()).isEqualTo("fresh.example.net");
        assertThat(stored.at("/capture/filter/exclude/0").asString()).isEqualTo("shop.audit");
    }

    @Test
    void keepsFilterAndStandbysWhenSomethingElseOfADataSourceChanges() {
        JsonNode before = admin.get("data-sources/copy").json();
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.open("/#/data-sources?edit=copy");
        person.type("Host", "moved.example.net");
        person.press("Save");
        person.sees("copy is saved");
        JsonNode after = admin.get("data-sources/copy").json();
        assertThat(after.path("host").asString()).isEqualTo("moved.example.net");
        assertThat(before.at("/capture/filter/exclude/0").asString()).isEqualTo("shop.log_*");
        assertThat(after.path("capture")).isEqualTo(before.path("capture"));
    }

    @Test
    void takesAConditionAndAPolicyAndShowsThemAfterAReload() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.open("/#/channels/edit/shop");
        person.press("More, Mapping 1: none");
        person.type("Only rows where, Mapping 1", "region = 'EU'");
        person.press("Save");
        person.sees("there is no column 'region'");
        person.type("Only rows where, Mapping 1", "id >= 100");
        person.pick("Insert");
        person.pick("Update");
        person.pick("Bad rows and transactions");
        person.choose("A row that the target refuses", "Park the row");
        person.typeNumber("Tries for a passing error", "20");
        person.pick("Statements at the target");
        person.choose("ALTER TABLE", "Ask");
        person.pressAgain("Save");
        person.sees("shop is saved");
        person.seesHeading("Channels");
        JsonNode stored = admin.get("channels/shop").json().at("/pipelines/0");
        assertThat(stored.at("/mappings/0/rows").toString())
                .isEqualTo("{\"where\":\"id >= 100\",\"kinds\":[\"INSERT\",\"UPDATE\"]}");
        assertThat(stored.at("/apply/onBadRow").asString()).isEqualTo("PARK");
        assertThat(stored.at("/apply/attempts").asInt()).isEqualTo(20);
        assertThat(stored.at("/apply/ddl/alter").asString()).isEqualTo("ASK");
        assertThat(stored.at("/apply/ddl/drop").asString()).isEqualTo("IGNORE");

        person.open("/#/channels/edit/shop");
        person.reload();
        person.press("More, Mapping 1: Insert, Update where id >= 100");
        person.pick("Bad rows and transactions");
        person.pick("Statements at the target");
        person.seesIn("Only rows where, Mapping 1", "id >= 100");
        person.sees("Park the row");
        person.photograph(Path.of("target", "channel.png"));
        person.press("Save");
        person.sees("shop is saved");
        person.seesHeading("Channels");
        assertThat(admin.get("channels/shop").json().at("/pipelines/0")).isEqualTo(stored);
    }

    @Test
    void takesAValueOrAnExpressionForAColumnOfTheTarget() {
        person.logIn(AdminServer.PASSWORD, "/#/channels/edit/shop");
        person.press("More, Mapping 1: none");
        person.press("Add a column, Mapping 1");
        person.type("Column 1, Mapping 1", "label");
        person.type("Value 1, Mapping 1", "CONCAT(idd, '!')");
        person.seesTicked("in the target’s key 1, Mapping 1", false);
        person.choose("Kind 1, Mapping 1", "Expression");
        person.seesIn("Expression 1, Mapping 1", "CONCAT(idd, '!')");
        person.press("Save");
        person.sees("there is no column 'idd'");
        assertThat(set().isMissingNode()).isTrue();
        person.photograph(Path.of("target", "expression.png"));
        person.type("Expression 1, Mapping 1", "CONCAT(id, '!')");
        person.pressAgain("Save");
        person.sees("shop is saved");
        person.seesHeading("Channels");
        assertThat(set().toString())
                .isEqualTo("[{\"column\":\"label\",\"expression\":\"CONCAT(id, '!')\",\"key\":false}]");

        person.open("/#/channels/edit/shop");
        person.reload();
        person.press("More, Mapping 1: label = CONCAT(id, '!')");
        person.seesIn("Expression 1, Mapping 1", "CONCAT(id, '!')");
        person.choose("Kind 1, Mapping 1", "Value");
        person.type("Value 1, Mapping 1", "{schema}");
        person.tick("in the target’s key 1, Mapping 1");
        person.press("Save");
        person.sees("shop is saved");
        person.seesHeading("Channels");
        assertThat(set().toString()).isEqualTo("[{\"column\":\"label\",\"value\":\"{schema}\",\"key\":true}]");
    }

    private static JsonNode set() {
        return admin.get("channels/shop").json().at("/pipelines/0/mappings/0/set");
    }

    @Test
    void takesAHeartbeatAndRefusesAKeyWithoutACertificate() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.open("/#/data-sources?edit=db");
        person.pick("Heartbeat and asked rows");
        person.seesIn("Heartbeat row every", "5s");
        person.type("Heartbeat row every", "1m");
        person.pick("Certificates");
        person.type("Private key of the client certificate", "-----BEGIN PRIVATE KEY-----");
        person.pick("Certificates");
        person.waitUntilHidden("Private key of the client certificate");
        person.press("Save");
        person.sees("give the certificate of the private key");
        person.type("Private key of the client certificate", "");
        person.pressAgain("Save");
        person.sees("db is saved");
        JsonNode stored = admin.get("data-sources/db").json();
        assertThat(stored.at("/capture/heartbeat").asString()).isEqualTo("PT1M");
        assertThat(stored.at("/capture/retlBuffer").asString()).isEqualTo("retl.retl_buffer");
    }

    @Test
    void showsWhatTheServerRefusesAtTheFieldItIsAbout() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.open("/#/data-sources?add");
        person.type("Name", "db");
        person.type("Host", "db.example.net");
        person.type("User name", "reader");
        person.press("Create");
        person.sees("choose another name");
        assertThat(admin.get("data-sources/db").json().path("host").asString()).isEqualTo(mysql.host());
    }

    @Test
    void tellsWhetherAServerIsReady() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.follow("Data sources");
        person.press("Precheck db");
        person.sees("binlog_format");
    }

    @Test
    void saysWhatAPositionMeansBeforeItIsSet() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.follow("Data sources");
        person.press("Position db");
        person.pick("Earliest binlog");
        person.press("Show what it means");
        person.sees("First commit there");
        person.pick("File and offset");
        person.waitUntilGone("First commit there");
        person.type("Binlog file", "no-such.000001");
        person.typeNumber("Offset", "4");
        person.press("Show what it means");
        person.sees("The capture cannot begin there");
    }

    @Test
    void asksForASnapshotPausesAndCancelsIt() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.follow("Snapshots");
        person.press("plus New snapshot");
        person.choose("For these pipelines", "shop (db → copy)");
        person.type("Schema", schema);
        person.type("Table", "orders");
        person.pick("By their keys");
        person.type("Keys", "1\n2");
        person.pick("Limits and name");
        person.type("Name", "two-orders");
        person.press("Start");
        person.sees("two-orders");
        JsonNode wanted = admin.get("snapshots/two-orders").json().path("wanted");
        assertThat(wanted.at("/tables/0/keys").toString()).isEqualTo("[[\"1\"],[\"2\"]]");
        person.press("Pause two-orders");
        person.press("Resume two-orders");
        person.seesButton("Pause two-orders");
        person.press("Cancel snapshot two-orders");
        person.press("Cancel snapshot");
        person.sees("Cancelled");
        assertThat(admin.get("snapshots/two-orders").json().at("/wanted/state").asString())
                .isEqualTo("CANCELLED");
    }

    @Test
    void asksForAStretchOfTheLogOnceMore() {
        person.logIn(AdminServer.PASSWORD);
        person.seesHeading("Overview");
        person.open("/#/overview/shop");
        person.pick("Replay");
        person.pick("An entry of the source log");
        person.typeNumber("Entry", "7");
        person.addTo("Tables", "orders");
        person.press("Send again");
        person.sees("Give each as schema.table");
        person.takeAway("orders");
        person.addTo("Tables", schema + ".orders");
        person.press("Send again");
        assertThat(replay().isMissingNode()).isTrue();
        person.press("Send it");
        person.sees("shop is asked to send it again");
        person.sees("It begins once the target has all that was sent so far.");
        assertThat(replay().path("entry").asLong()).isEqualTo(7);
        assertThat(replay().at("/tables/0/schema").asString()).isEqualTo(schema);
    }

    private JsonNode replay() {
        return admin.get("status").json().at("/channels/0/pipelines/0/replay");
    }
}
