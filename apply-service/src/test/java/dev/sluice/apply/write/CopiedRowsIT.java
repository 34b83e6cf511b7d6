package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that a snapshot copied, in tables in which they may be already, and changes of rows that are not copied. */
class CopiedRowsIT {
    private final DatabaseServer server = SharedServers.mysql();
    private final String database = Databases.create(server, "copied");
    private final Partition partition = new Partition(database, 0);

    @ParameterizedTest
    @CsvSource({"'PRIMARY KEY (id)',true,false", "'PRIMARY KEY (id), UNIQUE (u)',true,true", "'UNIQUE (id)',false,false"
    })
    void aCopyIsAnUpsertAndAChangeBringsItsRow(String keys, boolean primary, boolean unique) throws Exception {
        server.execute("CREATE TABLE " + database + ".t (id INT NOT NULL, u INT, v VARCHAR(9), " + keys + ")");
        TableLine table = Tables.table(
                1,
                database,
                "t",
                List.of("id int", "u int", "v varchar(9)"),
                primary ? List.of(0) : List.of(),
                primary && !unique ? List.of() : List.of(List.of(primary ? 1 : 0)));
        MessageBuilder first = new MessageBuilder()
                .transaction()
                .row(RowOp.SNAPSHOT, table, "1", "11", "\"a\"")
                .row(RowOp.SNAPSHOT, table, "2", "12", "\"a\"")
                .update(table, cells("3", "13", "\"a\""), cells("3", "13", "\"b\""))
                .delete(table, "4", "14", "\"a\"")
                .update(table, cells("1", "11", "\"a\""), cells("1", "11", "\"b\""));
        MessageBuilder again = new MessageBuilder()
                .transaction()
                .row(RowOp.SNAPSHOT, table, "1", "11", "\"b\"")
                .row(RowOp.SNAPSHOT, table, "2", "12", "\"a\"")
                .row(RowOp.SNAPSHOT, table, "3", "13", "\"b\"")
                .row(RowOp.SNAPSHOT, table, "5", "null", "\"a\"")
                .update(table, cells("5", "null", "\"a\""), cells("6", "null", "\"a\""));
        try (TargetWriter writer = TestWriters.of(server)) {
            Watermark before = writer.watermark(partition);
            writer.write(Rows.batch(partition, before, first.build(1, 1)));
            assertThat(rows()).containsExactly("1 11 b", "2 12 a", "3 13 b");
            writer.write(Rows.batch(partition, new Watermark(1, first.entries()), again.build(1, first.entries() + 1)));
            assertThat(rows()).containsExactly("1 11 b", "2 12 a", "3 13 b", "6 null a");
        }
    }

    @Test
    void aCopyOfATableWithoutAKeyReplacesTheRowsThatTheMappingMarks() throws Exception {
        server.execute(
                "CREATE TABLE " + database + ".t (id INT, u INT, v VARCHAR(9))",
                "CREATE TABLE " + database + ".marked (id INT, u INT, v VARCHAR(9))",
                "INSERT INTO " + database + ".t VALUES (7, 7, 'old'), (1, 11, 'a'), (1, 11, 'a')",
                "INSERT INTO " + database + ".marked VALUES (7, 7, 'old'), (1, 11, 'a'), (1, 11, 'other')");
        List<String> columns = List.of("id int", "u int", "v varchar(9)");
        TableLine table = Tables.table(1, database, "t", columns, List.of(), List.of());
        TableLine marked = Tables.table(2, database, "marked", columns, List.of(), List.of());
        MessageBuilder copy = new MessageBuilder()
                .transaction()
                .insert(table, "8", "8", "\"gone\"")
                .part(RowOp.EMPTY, table, new String[] {null, null, null})
                .row(RowOp.SNAPSHOT, table, "1", "11", "\"a\"")
                .row(RowOp.SNAPSHOT, table, "1", "11", "\"a\"")
                .delete(table, "1", "11", "\"a\"")
                .part(RowOp.EMPTY, marked, new String[] {null, null, "\"a\""})
                .row(RowOp.SNAPSHOT, marked, "2", "12", "\"a\"");
        try (TargetWriter writer = TestWriters.of(server)) {
            Watermark before = writer.watermark(partition);
            assertThat(writer.write(Rows.batch(partition, before, copy.build(1, 1))))
                    .isEqualTo(new WriteOutcome.Written(0));
        }
        assertThat(rows()).containsExactly("1 11 a");
        server.execute("RENAME TABLE " + database + ".t TO " + database + ".done");
        server.execute("RENAME TABLE " + database + ".marked TO " + database + ".t");
        assertThat(rows()).containsExactly("1 11 other", "2 12 a", "7 7 old");
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = server.connect(database);
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT id, IFNULL(u, 'null'), v FROM t ORDER BY id")) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getString(2) + " " + result.getString(3));
            }
        }
        return rows;
    }
}
