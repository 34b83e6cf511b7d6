package dev.sluice.admin.parked;

import dev.sluice.change.error.ErrorCodec;
import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.error.RepairCommand;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of the error store: rows in their newest state, and what was asked about them. */
@Repository
class ParkedRepository {
    private static final String COLUMNS = "SELECT id, document, changed_at FROM parked_row";
    private static final String IN_ORDER = " ORDER BY pipeline, part, epoch, seq";

    private final JdbcClient jdbc;

    ParkedRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes a report unless a newer one of the same row is there; reports may come twice and in any order. */
    void save(ErrorEntry entry, Instant now) {
        if (update(entry, now) == 0) {
            try {
                insert(entry, now);
            } catch (DuplicateKeyException e) {
                // as new or newer, or inserted just now by another instance of this service
                update(entry, now);
            }
        }
    }

    private int update(ErrorEntry entry, Instant now) {
        return jdbc.sql("UPDATE parked_row SET revision = ?, state = ?, document = ?, changed_at = ?"
                        + " WHERE pipeline = ? AND part = ? AND epoch = ? AND seq = ? AND revision < ?")
                .params(
                        entry.revision(),
                        entry.state().name(),
                        document(entry),
                        utc(now),
                        entry.pipeline(),
                        entry.partition(),
                        entry.epoch(),
                        entry.seq(),
                        entry.revision())
                .update();
    }

    private void insert(ErrorEntry entry, Instant now) {
        jdbc.sql("INSERT INTO parked_row (pipeline, part, epoch, seq, revision, state, target_schema, target_table,"
                        + " document, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        entry.pipeline(),
                        entry.partition(),
                        entry.epoch(),
                        entry.seq(),
                        entry.revision(),
                        entry.state().name(),
                        entry.targetSchema(),
                        entry.targetTable(),
                        document(entry),
                        utc(now))
                .update();
    }

    Optional<ParkedRow> find(long id) {
        return jdbc.sql(COLUMNS + " WHERE id = ?")
                .param(id)
                .query(ParkedRepository::row)
                .optional();
    }

    long count(ParkedFilter filter) {
        return jdbc.sql("SELECT COUNT(*) FROM parked_row" + filter.where())
                .params(filter.parameters())
                .query(Long.class)
                .single();
    }

    List<ParkedRow> list(ParkedFilter filter, int limit, long offset) {
        List<Object> parameters = new ArrayList<>(filter.parameters());
        parameters.add(limit);
        parameters.add(offset);
        return jdbc.sql(COLUMNS + filter.where() + IN_ORDER + " LIMIT ? OFFSET ?")
                .params(parameters)
                .query(ParkedRepository::row)
                .list();
    }

    /** The last of the rows in their order. */
    Optional<ParkedRow> last(ParkedFilter filter) {
        return jdbc.sql(COLUMNS + filter.where() + " ORDER BY epoch DESC, seq DESC LIMIT 1")
                .params(filter.parameters())
                .query(ParkedRepository::row)
                .optional();
    }

    /** Each table of which rows are parked, by partition. */
    List<Counted> tables(ParkedFilter filter) {
        return jdbc.sql("SELECT pipeline, part, target_schema, target_table, COUNT(*) AS parked FROM parked_row"
                        + filter.where() + " GROUP BY pipeline, part, target_schema, target_table"
                        + " ORDER BY pipeline, part, target_schema, target_table")
                .params(filter.parameters())
                .query((row, n) -> new Counted(
                        row.getString("pipeline"),
                        row.getInt("part"),
                        row.getString("target_schema"),
                        row.getString("target_table"),
                        row.getLong("parked")))
                .list();
    }

    /** Forgets rows that were settled before a time. */
    int forgetSettled(Instant before) {
        return jdbc.sql("DELETE FROM parked_row WHERE changed_at < ? AND state <> 'PARKED'")
                .param(utc(before))
                .update();
    }

    /** Notes who asked for what. */
    void note(String pipeline, int partition, RepairCommand command, Instant now) {
        String edited =
                command.cells() == null ? "" : String.join(", ", command.cells().keySet());
        jdbc.sql("INSERT INTO repair_command (asked_at, username, action, pipeline, part, target_schema, target_table,"
                        + " epoch, seq, edited) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        utc(now),
                        command.user(),
                        command.action().name(),
                        pipeline,
                        partition,
                        command.targetSchema(),
                        command.targetTable(),
                        command.epoch(),
                        command.seq(),
                        edited.length() <= 1_000 ? edited : edited.substring(0, 1_000))
                .update();
    }

    /** The newest commands, newest first. */
    List<AskedCommand> commands(int limit) {
        return jdbc.sql("SELECT asked_at, username, action, pipeline, part, target_schema, target_table, seq, edited"
                        + " FROM repair_command ORDER BY id DESC LIMIT ?")
                .param(limit)
                .query((row, n) -> new AskedCommand(
                        time(row, "asked_at"),
                        row.getString("username"),
                        RepairCommand.Action.valueOf(row.getString("action")),
                        row.getString("pipeline"),
                        row.getInt("part"),
                        row.getString("target_schema"),
                        row.getString("target_table"),
                        row.getLong("seq"),
                        row.getString("edited")))
                .list();
    }

    /** A table and how many of its rows are meant. */
    record Counted(String pipeline, int partition, String targetSchema, String targetTable, long rows) {}

    private static String document(ErrorEntry entry) {
        return new String(ErrorCodec.encode(entry), StandardCharsets.UTF_8);
    }

    private static ParkedRow row(ResultSet row, int number) throws SQLException {
        byte[] document = row.getString("document").getBytes(StandardCharsets.UTF_8);
        return new ParkedRow(row.getLong("id"), time(row, "changed_at"), ErrorCodec.entry(document));
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
