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
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedRowIT {
    private final DatabaseServer server = SharedServers.mysql();
    private final String database = Databases.create(server, "refusedrow");
    private final Partition partition = new Partition(database, 0);
    private TargetWriter writer;

    @BeforeEach
    void open() throws WriteFailed {
        writer = TestWriters.of(server);
        assertThat(writer.watermark(partition)).isEqualTo(Watermark.NONE);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void namesAMissingTable() {
        TableLine table = Tables.table(1, database, "nowhere", List.of("id int"), List.of(0), List.of());
        Failure.BadRow failure = refused(new MessageBuilder().transaction().insert(table, "1"));
        assertThat(failure.reason()).contains("no such table");
    }

    @Test
    void findsTheOneRowOfManyWhoseUniqueValueAnotherRowHas() {
        server.execute(
                "CREATE TABLE " + database + ".u (id INT PRIMARY KEY, u INT UNIQUE)",
                "INSERT INTO " + database + ".u VALUES (100, 7)");
        TableLine table = Tables.table(1, database, "u", List.of("id int", "u int"), List.of(0), List.of(List.of(1)));
        MessageBuilder message = new MessageBuilder().transaction();
        for (int i = 1; i <= 20; i++) {
            message.insert(table, Integer.toString(i), Integer.toString(i == 13 ? 7 : 1000 + i));
        }
        Failure.BadRow failure = refused(message);

        assertThat(failure.reason()).contains("unique key");
        assertThat(failure.row().text(0)).isEqualTo("13");
        assertThat(rows("SELECT COUNT(*) FROM " + database + ".u")).isEqualTo("1");
    }

    /** The source does not know of the target's unique key: an upsert would rewrite row 100 in silence. */
    @Test
    void neverRewritesAnotherRowThroughAUniqueKeyThatOnlyTheTargetHas() {
        server.execute(
                "CREATE TABLE " + database + ".u (id INT PRIMARY KEY, u INT UNIQUE)",
                "INSERT INTO " + database + ".u VALUES (100, 7)");
        TableLine table = Tables.table(1, database, "u", List.of("id int", "u int"), List.of(0), List.of());
        Failure.BadRow failure = refused(new MessageBuilder().transaction().insert(table, "1", "7"));

        assertThat(failure.reason()).contains("unique key");
        assertThat(rows("SELECT id FROM " + database + ".u")).isEqualTo("100");
    }

    @Test
    void swapsUniqueValuesWithinABatch() throws WriteFailed {
        server.execute(
                "CREATE TABLE " + database + ".u (id INT PRIMARY KEY, u INT UNIQUE)",
                "INSERT INTO " + database + ".u VALUES (1, 10), (2, 20)");
        TableLine table = Tables.table(1, database, "u", List.of("id int", "u int"), List.of(0), List.of(List.of(1)));
        WriteOutcome outcome = write(new MessageBuilder()
                .transaction()
                .update(table, new String[] {"1", "10"}, new String[] {"1", "null"})
                .update(table, new String[] {"2", "20"}, new String[] {"2", "10"})
                .update(table, new String[] {"1", "null"}, new String[] {"1", "20"}));

        assertThat(outcome).isEqualTo(new WriteOutcome.Written(0));
        assertThat(rows("SELECT GROUP_CONCAT(id, '=', u ORDER BY id) FROM " + database + ".u"))
                .isEqualTo("1=20,2=10");
    }

    @Test
    void countsUpdatesAndDeletesThatFindNothing() throws WriteFailed {
        server.execute(
                "CREATE TABLE " + database + ".t (id INT PRIMARY KEY, v INT)",
                "INSERT INTO " + database + ".t VALUES (1, 1), (2, 2), (3, 3)");
        TableLine table = Tables.table(1, database, "t", List.of("id int", "v int"), List.of(0), List.of());
        WriteOutcome outcome = write(new MessageBuilder()
                .transaction()
                .update(table, new String[] {"1", "0"}, new String[] {"1", "1"})
                .update(table, new String[] {"2", "2"}, new String[] {"2", "22"})
                .update(table, new String[] {"7", "7"}, new String[] {"7", "77"})
                .delete(table, "3", "3")
                .delete(table, "8", "8")
                .insert(table, "9", "9")
                .delete(table, "9", "9")
                .insert(table, "10", "10"));

        assertThat(outcome).isEqualTo(new WriteOutcome.Written(2));
        assertThat(rows("SELECT GROUP_CONCAT(id, '=', v ORDER BY id) FROM " + database + ".t"))
                .isEqualTo("1=1,2=22,7=77,10=10");
    }

    /** No sql_mode makes the server refuse these. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decimal(10,4) | decimal(10,2) | \"1.5000\"                      | \"1.5001\"                      |"
                        + " digits",
                "double        | int           | 2.0                             | 2.5                             |"
                        + " digits",
                "datetime(6)   | datetime(3)   | \"2026-11-21 09:30:00.001000\"  | \"2026-11-21 09:30:00.000001\"  |"
                        + " digits",
                "time(2)       | time          | \"-01:00:00.00\"                | \"-01:00:00.01\"                |"
                        + " digits",
                "datetime      | date          | \"2026-11-21 00:00:00\"         | \"2026-11-21 00:00:01\"         |"
                        + " time"
            })
    void refusesWhatTheServerWouldCutOffInSilence(String type, String there, String good, String bad, String why)
            throws WriteFailed {
        server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, v " + there + ")");
        TableLine table = Tables.table(1, database, "t", List.of("id int", "v " + type), List.of(0), List.of());
        Failure.BadRow failure = refused(new MessageBuilder()
                .transaction()
                .insert(table, "1", good)
                .insert(table, "2", bad)
                .insert(table, "3", good));
        assertThat(failure.reason()).startsWith("column v: ").contains(why);
        assertThat(failure.row().text(0)).isEqualTo("2");
        assertThat(write(new MessageBuilder().transaction().insert(table, "1", good)))
                .isEqualTo(new WriteOutcome.Written(0));
    }

    @Test
    void leavesAnotherOwnersWorkAlone() throws WriteFailed {
        server.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, v INT)");
        TableLine table = Tables.table(1, database, "t", List.of("id int", "v int"), List.of(0), List.of());
        write(new MessageBuilder().transaction().insert(table, "1", "1"));

        WriteOutcome outcome = write(new MessageBuilder().transaction().insert(table, "2", "2"));

        assertThat(outcome).isEqualTo(new WriteOutcome.Overtaken());
        assertThat(rows("SELECT COUNT(*) FROM " + database + ".t")).isEqualTo("1");
        assertThat(writer.watermark(partition)).isEqualTo(new Watermark(1, 1));
    }

    @Test
    void leavesOutWhatTheTargetGenerates() throws WriteFailed {
        server.execute("CREATE TABLE " + database + ".g (id INT PRIMARY KEY, v INT, w INT AS (v * 2) STORED)");
        TableLine table = Tables.table(1, database, "g", List.of("id int", "v int", "w int"), List.of(0), List.of());
        write(new MessageBuilder().transaction().insert(table, "1", "4", "8"));

        assertThat(rows("SELECT w FROM " + database + ".g")).isEqualTo("8");
    }

    private WriteOutcome write(MessageBuilder message) throws WriteFailed {
        return writer.write(Rows.batch(partition, Watermark.NONE, message.build(1, 1)));
    }

    private Failure.BadRow refused(MessageBuilder message) {
        WriteFailed failed = catchThrowableOfType(WriteFailed.class, () -> write(message));
        assertThat(failed.failure()).isInstanceOf(Failure.BadRow.class);
        return (Failure.BadRow) failed.failure();
    }

    private String rows(String sql) {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
