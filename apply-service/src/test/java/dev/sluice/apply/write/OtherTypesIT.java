package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of the target that are narrower or wider than the source's, or that only the target has. */
@ParameterizedClass(autoCloseArguments = false)
@MethodSource("dev.sluice.apply.Targets#all")
class OtherTypesIT {
    private final DatabaseServer server;
    private final String database;
    private final Partition partition;

    OtherTypesIT(DatabaseServer server) {
        this.server = server;
        database = Databases.create(server, "othertypes");
        partition = new Partition(database, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int              | smallint      | -32768                 | 32768",
                "bigint           | int           | 2147483647             | -2147483649",
                "bigint unsigned  | bigint        | 9223372036854775807    | 9223372036854775808",
                "decimal(10,2)    | decimal(5,2)  | \"999.99\"           | \"1000.00\"",
                "decimal(10,4)    | decimal(10,2) | \"1.5000\"           | \"1.5001\"",
                "double           | real          | 0.5                    | 1.0E300",
                "double           | real          | 0.1                    | 1.23456789012",
                "int              | real          | 16777216               | 16777217",
                "bigint           | double precision | 9007199254740992    | 9007199254740993",
                "decimal(20,2)    | double precision | \"1234567.10\"    | \"123456789012345678.12\"",
                "double           | decimal(10,2) | 2.25                   | 2.255",
                "varchar(50)      | varchar(3)    | \"äö€\"              | \"abcd\"",
                "mediumtext       | char(3)       | \"abc\"              | \"abcd\"",
                "int              | varchar(3)    | 123                    | 1234",
                "varchar(50)      | int           | \"12\"               | \"12x\"",
                "varchar(50)      | int           | \"-12\"              | \"1.5\"",
                "varchar(50)      | decimal(5,2)  | \"1.50\"             | \"1.505\"",
                "enum('2.5','1.25') | decimal(5,1) | \"2.5\"               | \"1.25\"",
                "varchar(50)      | date          | \"2026-11-21\"       | \"21.11.2026\"",
                "datetime         | date          | \"2026-11-21 00:00:00\" | \"2026-11-21 00:00:01\"",
                "varchar(50)      | date          | \"2026-11-21\"       | \"2026-11-21 09:30:00\"",
                "int              | int NOT NULL  | 1                      | null"
            })
    void aValueThatDoesNotFitIsABadRowAndNeverCut(String type, String there, String good, String bad)
            throws WriteFailed {
        // MySQL's REAL is a DOUBLE
        String column = there.equals("real") && !(server instanceof PostgresServer) ? "float" : there;
        server.execute("CREATE TABLE " + database + ".narrow (id INT PRIMARY KEY, v " + column + ")");
        TableLine table = Tables.table(1, database, "narrow", List.of("id int", "v " + type), List.of(0), List.of());
        try (TargetWriter writer = TestWriters.of(server)) {
            assertThat(writer.watermark(partition)).isEqualTo(Watermark.NONE);
            MessageBuilder rows = new MessageBuilder().transaction();
            for (int i = 1; i <= 9; i++) {
                rows.insert(table, Integer.toString(i), i == 7 ? bad : good);
            }
            WriteFailed failed = catchThrowableOfType(
                    WriteFailed.class, () -> writer.write(Rows.batch(partition, Watermark.NONE, rows.build(1, 1))));
            assertThat(failed)
                    .as("%s is %s", bad, query("SELECT v FROM " + database + ".narrow WHERE id = 7"))
                    .isNotNull();
            assertThat(failed.failure()).isInstanceOf(Failure.BadRow.class);
            assertThat(((Failure.BadRow) failed.failure()).row().text(0)).isEqualTo("7");
            assertThat(query("SELECT COUNT(*) FROM " + database + ".narrow")).containsExactly("0");

            writer.write(Rows.batch(
                    partition,
                    Watermark.NONE,
                    new MessageBuilder().transaction().insert(table, "1", good).build(1, 1)));
            assertThat(query("SELECT COUNT(*) FROM " + database + ".narrow")).containsExactly("1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tinyint          | bigint        | -128                   | -128",
                "int unsigned     | bigint        | 4294967295             | 4294967295",
                "bigint unsigned  | decimal(30,2) | 18446744073709551615   | 18446744073709551615.00",
                "decimal(10,2)    | decimal(20,6) | \"-0.05\"            | -0.050000",
                "float            | double precision | 0.1                 | 0.1",
                "int              | varchar(20)   | -42                    | -42",
                "decimal(10,2)    | varchar(20)   | \"1.50\"             | 1.50",
                "char(3)          | varchar(90)   | \"abc\"              | abc",
                "varchar(9)       | text          | \"it's\"             | it's",
                "enum('a','b')    | varchar(9)    | \"b\"                | b",
                "year             | int           | 2026                   | 2026",
                "date             | varchar(20)   | \"2026-11-21\"       | 2026-11-21",
                "datetime         | varchar(20)   | \"2026-11-21 09:30:00\" | 2026-11-21 09:30:00"
            })
    void aWiderColumnHoldsTheValueAndOneThatOnlyTheTargetHasItsDefault(
            String type, String there, String cell, String expected) throws WriteFailed {
        server.execute("CREATE TABLE " + database + ".wide (extra VARCHAR(9) NOT NULL DEFAULT 'mine', id BIGINT PRIMARY"
                + " KEY, v " + there + ", more INT DEFAULT 7)");
        TableLine table = Tables.table(1, database, "wide", List.of("id int", "v " + type), List.of(0), List.of());
        try (TargetWriter writer = TestWriters.of(server)) {
            assertThat(writer.watermark(partition)).isEqualTo(Watermark.NONE);
            writer.write(Rows.batch(
                    partition,
                    Watermark.NONE,
                    new MessageBuilder()
                            .transaction()
                            .insert(table, "1", cell)
                            .insert(table, "2", "null")
                            .build(1, 1)));
            server.execute("UPDATE " + database + ".wide SET extra = 'kept', more = 8 WHERE id = 2");
            writer.write(Rows.batch(
                    partition,
                    new Watermark(1, 2),
                    new MessageBuilder()
                            .transaction()
                            .update(table, new String[] {"2", "null"}, new String[] {"2", cell})
                            .build(1, 3)));
        }
        assertThat(query("SELECT CONCAT_WS('|', extra, v, more) FROM " + database + ".wide ORDER BY id"))
                .containsExactly("mine|" + expected + "|7", "kept|" + expected + "|8");
    }

    private List<String> query(String sql) {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
