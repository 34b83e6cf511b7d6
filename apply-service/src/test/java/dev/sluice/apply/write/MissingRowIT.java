package dev.sluice.apply.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.apply.MessageBuilder;
import dev.sluice.apply.Rows;
import dev.sluice.apply.Tables;
import dev.sluice.change.config.ApplyRules.MissingRow;
import dev.sluice.change.message.RowOp;
import dev.sluice.change.message.TableLine;
import dev.sluice.sink.batch.RowBatch;
import dev.sluice.sink.order.Partition;
import dev.sluice.sink.order.Watermark;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import dev.sluice.sink.write.WriteOutcome;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates and deletes whose row is not at the target, by the pipeline's rule, for tables with each kind of key. */
class MissingRowIT {
    private final DatabaseServer server = SharedServers.mysql();
    private final String database = Databases.create(server, "missingrow");
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

    @ParameterizedTest
    @ValueSource(strings = {"PRIMARY KEY", "PRIMARY KEY, UNIQUE (v)", ""})
    void areCountedAndNothingMore(String keys) throws WriteFailed {
        TableLine table = create(keys);

        WriteOutcome outcome = write(MissingRow.COUNT, changes(table));

        assertThat(outcome).isEqualTo(new WriteOutcome.Written(2));
        assertThat(rows()).isEqualTo("1=11,3=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIMARY KEY", "PRIMARY KEY, UNIQUE (v)", ""})
    void areRefusedByNameIfTheyAreToBeParked(String keys) {
        TableLine table = create(keys);

        WriteFailed failed = catchThrowableOfType(WriteFailed.class, () -> write(MissingRow.PARK, changes(table)));

        assertThat(failed.failure()).isInstanceOf(Failure.BadRow.class);
        Failure.BadRow bad = (Failure.BadRow) failed.failure();
        assertThat(bad.row().seq()).isEqualTo(3);
        assertThat(bad.reason()).contains("is not at the target");
        assertThat(rows()).isEqualTo("1=1,2=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIMARY KEY", "PRIMARY KEY, UNIQUE (v)", ""})
    void passIfTheRowsAreThere(String keys) throws WriteFailed {
        TableLine table = create(keys);

        WriteOutcome outcome = write(
                MissingRow.PARK,
                new MessageBuilder()
                        .transaction()
                        .update(table, new String[] {"1", "1"}, new String[] {"1", "null"})
                        .update(table, new String[] {"2", "2"}, new String[] {"2", "1"})
                        .update(table, new String[] {"1", "null"}, new String[] {"5", "2"})
                        .delete(table, "2", "1")
                        .insert(table, "2", "1")
                        .update(table, new String[] {"2", "1"}, new String[] {"2", "9"}));

        assertThat(outcome).isEqualTo(new WriteOutcome.Written(0));
        assertThat(rows()).isEqualTo("2=9,5=2");
    }

    /** A snapshot brings the row. */
    @ParameterizedTest
    @ValueSource(strings = {"PRIMARY KEY", "PRIMARY KEY, UNIQUE (v)"})
    void updatesInPartAreCountedWhereWholeRowsAreInserted(String keys) throws WriteFailed {
        TableLine two = create(keys);
        server.execute("ALTER TABLE " + database + ".t ADD w INT");
        TableLine table = Tables.table(1, database, "t", List.of("id int", "v int", "w int"), List.of(0), two.unique());
        MessageBuilder changes = new MessageBuilder()
                .transaction()
                .partUpdate(table, new String[] {"7", null, null}, new String[] {"7", "77", null})
                .update(table, new String[] {"8", "8", "0"}, new String[] {"8", "88", "0"})
                .row(RowOp.SNAPSHOT, table, "7", "77", "0")
                .partUpdate(table, new String[] {"7", null, null}, new String[] {"7", "78", null});

        assertThat(catchThrowableOfType(WriteFailed.class, () -> write(MissingRow.UPSERT, changes))
                        .failure())
                .isInstanceOf(Failure.BadRow.class);
        assertThat(write(MissingRow.UPSERT_WHOLE, changes)).isEqualTo(new WriteOutcome.Written(2));
        assertThat(rows()).isEqualTo("1=1,2=2,7=78,8=88");
    }

    private TableLine create(String keys) {
        server.execute(
                "CREATE TABLE " + database + ".t (id INT " + keys.replace(",", ", v INT,")
                        + (keys.contains(",") ? ")" : ", v INT)"),
                "INSERT INTO " + database + ".t (id, v) VALUES (1, 1), (2, 2)");
        return Tables.table(
                1,
                database,
                "t",
                List.of("id int", "v int"),
                keys.isEmpty() ? List.of() : List.of(0),
                keys.contains("UNIQUE") ? List.of(List.of(1)) : List.of());
    }

    /** The third and the fourth change are about rows that are not there. */
    private static MessageBuilder changes(TableLine table) {
        return new MessageBuilder()
                .transaction()
                .update(table, new String[] {"1", "1"}, new String[] {"1", "11"})
                .delete(table, "2", "2")
                .update(table, new String[] {"7", "7"}, new String[] {"7", "77"})
                .delete(table, "8", "8")
                .insert(table, "3", "3");
    }

    private WriteOutcome write(MissingRow rule, MessageBuilder message) throws WriteFailed {
        RowBatch batch = Rows.batch(partition, Watermark.NONE, message.build(1, 1));
        return writer.write(new RowBatch(
                partition, batch.before(), batch.after(), batch.origin(), batch.rows(), batch.aside(), rule));
    }

    private String rows() {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT GROUP_CONCAT(id, '=', v ORDER BY id) FROM " + database + ".t")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
