package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.apply.ApplyBench;
import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.apply.statement.Statements;
import dev.sluice.apply.statement.TargetStatements;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsMode;
import dev.sluice.change.message.DdlLine;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** A real Oracle as a target; only where Docker is. */
@Tag("extended")
class OracleIT {
    private static final String PASSWORD = "Sluice_1";

    private static GenericContainer<?> server;
    private static DataSource target;

    private final Partition partition = new Partition("oracle", 0);

    @BeforeAll
    static void start() {
        String host = System.getenv("DOCKER_HOST");
        assumeTrue(
                (host != null && !host.isBlank() || Files.exists(Path.of("/var/run/docker.sock")))
                        && DockerClientFactory.instance().isDockerAvailable(),
                "Oracle runs in Docker only");
        server = new GenericContainer<>("gvenzl/oracle-free:23-slim-faststart")
                .withEnv("ORACLE_PASSWORD", PASSWORD)
                .withEnv("APP_USER", "SHOP")
                .withEnv("APP_USER_PASSWORD", PASSWORD)
                .withExposedPorts(1521)
                .withCopyToContainer(
                        Transferable.of(
                                "ALTER SESSION SET CONTAINER=FREEPDB1;\nGRANT EXECUTE ON SYS.DBMS_LOCK TO SHOP;\n"),
                        "/container-initdb.d/grants.sql")
                .waitingFor(Wait.forLogMessage(".*DATABASE IS READY TO USE.*", 1)
                        .withStartupTimeout(Duration.ofMinutes(5)));
        server.start();
        target = new DataSource(
                        "oracle",
                        DataSource.Kind.ORACLE,
                        server.getHost(),
                        server.getMappedPort(1521),
                        "SHOP",
                        new SecretCipher(ApplyBench.SECRET_KEY).encrypt(PASSWORD),
                        TlsMode.PREFERRED,
                        null,
                        null)
                .withDatabase("FREEPDB1");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void writesRowsAndItsWatermarkAsOne() throws Exception {
        execute(
                "CREATE TABLE ORDERS (ID NUMBER(20) PRIMARY KEY, TOTAL NUMBER(10,2), NOTE VARCHAR2(100 CHAR), DOC CLOB,"
                        + " PIC BLOB, AT TIMESTAMP(6), DAY DATE, SEEN TIMESTAMP(6) WITH TIME ZONE, RATE BINARY_DOUBLE,"
                        + " HASH RAW(16), CODE CHAR(5), TOOK INTERVAL DAY(3) TO SECOND(6))",
                "CREATE TABLE KEYLESS (A NUMBER(10), DOC CLOB, CODE CHAR(5))");
        List<String> columns = List.of(
                "id bigint unsigned",
                "total decimal(10,2)",
                "note varchar(100)",
                "doc longtext",
                "pic longblob",
                "at datetime(6)",
                "day date",
                "seen timestamp(6)",
                "rate double",
                "hash binary(16)",
                "code char(5)",
                "took time(6)");
        TableLine orders = Tables.table(1, "shop", "orders", columns, List.of(0), List.of());
        TableLine keyless = Tables.table(
                2, "shop", "keyless", List.of("a int", "doc longtext", "code char(5)"), List.of(), List.of());
        String large = "\"" + "äö'😀".repeat(20_000) + "\"";
        String[] row = {
            "18446744073709551615",
            "\"17.50\"",
            "\"it's 😀\"",
            large,
            "\"" + "QUJD".repeat(30_000) + "\"",
            "\"2026-11-21 09:30:00.123456\"",
            "\"2026-11-21\"",
            "\"2026-07-01 12:00:00.000001\"",
            "1.7976931348623157E308",
            "\"AAECAwQFBgcICQoLDA0ODw==\"",
            "\"ab\"",
            "\"-838:59:59.000001\""
        };
        String[] changed = row.clone();
        changed[1] = "\"18.00\"";
        changed[2] = "\"\"";
        try (TargetWriter writer = TestWriters.of(target)) {
            Watermark watermark = writer.watermark(partition);
            assertThat(watermark).isEqualTo(new Watermark(0, 0));
            MessageBuilder first = new MessageBuilder()
                    .transaction()
                    .insert(orders, row)
                    .insert(keyless, "1", large, "\"ab\"")
                    .insert(keyless, "1", large, "\"ab\"");
            assertThat(writer.write(Rows.batch(partition, watermark, first.build(1, 1))))
                    .isEqualTo(new WriteOutcome.Written(0));
            assertThat(writer.write(Rows.batch(partition, watermark, first.build(1, 1))))
                    .isEqualTo(new WriteOutcome.Overtaken());
            MessageBuilder second = new MessageBuilder()
                    .transaction()
                    .update(orders, row, changed)
                    .update(keyless, new String[] {"1", large, "\"ab\""}, new String[] {"2", "null", "\"ab\""})
                    .delete(keyless, "1", large, "\"ab\"");
            assertThat(writer.write(Rows.batch(partition, new Watermark(1, 3), second.build(1, 4))))
                    .isEqualTo(new WriteOutcome.Written(0));
        }
        assertThat(query("SELECT ID, TOTAL, NOTE, LENGTH(DOC), LENGTH(PIC), TO_CHAR(AT, 'YYYY-MM-DD HH24:MI:SS.FF6'),"
                        + " TO_CHAR(DAY, 'YYYY-MM-DD HH24:MI'), TO_CHAR(SEEN AT TIME ZONE 'UTC', 'HH24:MI:SS.FF6'), RATE,"
                        + " RAWTOHEX(HASH), CODE, TO_CHAR(TOOK) FROM ORDERS"))
                .containsExactly("18446744073709551615|18|null|100000|90000|2026-11-21 09:30:00.123456|"
                        + "2026-11-21 00:00|12:00:00.000001|1.7976931348623157E308|000102030405060708090A0B0C0D0E0F|"
                        + "ab   |-034 22:59:59.000001");
        assertThat(query("SELECT A, DOC, RTRIM(CODE) FROM KEYLESS")).containsExactly("2|null|ab");
    }

    @Test
    void tellsWhichRowItRefuses() throws Exception {
        execute("CREATE TABLE NARROW (ID NUMBER(10) PRIMARY KEY, V VARCHAR2(3) NOT NULL, U NUMBER(10) UNIQUE)");
        TableLine line =
                Tables.table(1, "shop", "narrow", List.of("id int", "v varchar(9)", "u int"), List.of(0), List.of());
        assertThat(reason(line, "\"abcd\"", "7")).contains("too long");
        assertThat(reason(line, "\"\"", "7")).contains("empty string");
        assertThat(reason(line, "\"a\"", "5")).contains("unique key");
    }

    /** Each of them is run again as if its last step had been the last thing before a crash. */
    @Test
    void runsStatementsOnce() throws Exception {
        TargetStatements statements = TargetStatements.of(DataSource.Kind.ORACLE, "sluice");
        List<String> all = List.of(
                "CREATE TABLE made (id INT PRIMARY KEY, v INT, note VARCHAR(9) NOT NULL DEFAULT 'x', doc TEXT, KEY k (v),"
                        + " UNIQUE KEY u (v, note)) COMMENT 'all'",
                "ALTER TABLE made ADD a INT NOT NULL COMMENT 'it''s', ADD t TIME NOT NULL, DROP KEY u",
                "ALTER TABLE made MODIFY v BIGINT NOT NULL DEFAULT 7, MODIFY doc LONGTEXT, CHANGE note remark VARCHAR(20)",
                "ALTER TABLE made MODIFY v BIGINT NULL",
                "ALTER TABLE made RENAME KEY k TO l, ADD UNIQUE KEY u (remark)",
                "ALTER TABLE made RENAME KEY u TO w",
                "CREATE INDEX i ON made (a, v)",
                "DROP INDEX l ON made",
                "ALTER TABLE made DROP PRIMARY KEY, ADD PRIMARY KEY (id, a)",
                "CREATE TABLE other (id INT PRIMARY KEY)",
                "RENAME TABLE made TO aside, other TO made, aside TO other",
                "ALTER TABLE other DROP a, DROP t",
                "TRUNCATE TABLE other",
                "DROP TABLE made, nowhere");
        for (int i = 0; i < all.size(); i++) {
            DdlLine line = Statements.line(false, all.get(i), "shop");
            for (int tries = 0; tries < 2; tries++) {
                try (Connection connection = connect()) {
                    connection.setAutoCommit(false);
                    assertThat(statements.run(connection, "statement" + i, line, () -> new WriteOutcome.Written(0)))
                            .as(all.get(i))
                            .isEqualTo(new WriteOutcome.Written(0));
                }
            }
        }
        assertThat(query(
                        "SELECT COLUMN_NAME, DATA_TYPE, NULLABLE FROM USER_TAB_COLUMNS WHERE TABLE_NAME='OTHER' ORDER BY"
                                + " COLUMN_ID"))
                .containsExactly("ID|NUMBER|N", "V|NUMBER|Y", "REMARK|VARCHAR2|Y", "DOC|CLOB|Y");
        assertThat(query("SELECT TABLE_NAME FROM USER_TABLES WHERE TABLE_NAME IN ('MADE','ASIDE')"))
                .isEmpty();
    }

    private static String reason(TableLine line, String text, String unique) throws Exception {
        Partition own = new Partition("refused", 0);
        try (TargetWriter writer = TestWriters.of(target)) {
            MessageBuilder message = new MessageBuilder().transaction();
            for (int i = 1; i < 10; i++) {
                message.insert(
                        line, Integer.toString(i), i == 6 ? text : "\"a\"", i == 6 ? unique : Integer.toString(i));
            }
            Watermark watermark = writer.watermark(own);
            WriteFailed failed = catchThrowableOfType(
                    WriteFailed.class, () -> writer.write(Rows.batch(own, watermark, message.build(1, 1))));
            Failure.BadRow bad = (Failure.BadRow) failed.failure();
            assertThat(bad.row().text(0)).isEqualTo("6");
            return bad.reason();
        }
    }

    private static void execute(String... sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", cells));
            }
            return rows;
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:oracle:thin:@//" + target.host() + ":" + target.port() + "/FREEPDB1", "SHOP", PASSWORD);
    }
}
