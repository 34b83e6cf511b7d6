package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CacheRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The files under {@code golden} are what docs/event-format.md shows: what is written is exactly them, and is read back. */
class GoldenMessageTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("id", "bigint unsigned"),
            new Column("total", "decimal(10,2)"),
            new Column("email", "varchar(100)"),
            new Column("note", "text"));

    @Test
    void messageOfTheSourceLog() throws IOException {
        LineBuffer out = new LineBuffer(16);
        Lines.write(
                out,
                transaction(
                        "3e11fa47-71ca-11e1-9e33-c80aa9429562:23",
                        99,
                        null,
                        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-22"));
        Lines.write(out, new TableLine(1, "shop", "orders", COLUMNS, List.of(0), List.of(List.of(2)), null, null));
        RowLineWriter row = new RowLineWriter(out);
        row.keyed(RowOp.INSERT, 1, 0x9f3c2a17d0b4e655L).uniqueKeys(false, 0x11L);
        cells(row, "1001,\"17.50\",\"a@example.org\",\"two\\nlines\"");
        row.keyed(RowOp.UPDATE, 1, 0x9f3c2a17d0b4e655L)
                .uniqueKeys(false, 0x12L)
                .uniqueKeys(true, 0x11L)
                .changed()
                .ascii("2,3");
        row.old().ascii("\"a@example.org\",\"two\\nlines\"");
        cells(row.endOld(), "1001,\"17.50\",\"b@example.org\",null");
        row.keyed(RowOp.UPDATE, 1, 0x00c0ffee00c0ffeeL)
                .oldKey(0x9f3c2a17d0b4e655L)
                .uniqueKeys(false, 0x12L)
                .changed()
                .ascii("0");
        row.old().ascii("1001");
        cells(row.endOld(), "1002,\"17.50\",\"b@example.org\",null");
        row.keyed(RowOp.DELETE, 1, 0x00c0ffee00c0ffeeL).uniqueKeys(false, 0x12L);
        cells(row, "1002,\"17.50\",\"b@example.org\",null");
        Lines.writeCommit(out, 4);
        Lines.write(out, transaction(null, 103, "east", null));
        Lines.write(
                out,
                new TableLine(
                        2, "shop", "journal", List.of(new Column("entry", "json")), List.of(), List.of(), null, null));
        row.unkeyed(RowOp.INSERT, 2);
        cells(row, "\"{\\\"a\\\": null}\"");
        Lines.write(out, new DdlLine("shop", "ALTER TABLE orders ADD paid TINYINT", 1_763_683_201_000_000L));
        Lines.writeCommit(out, 2);
        assertGolden("source-log.jsonl", out);
    }

    /** What a source with binlog_row_image=MINIMAL logs of the rows above. */
    @Test
    void rowsThatLackColumns() throws IOException {
        LineBuffer out = new LineBuffer(16);
        Lines.write(out, transaction("3e11fa47-71ca-11e1-9e33-c80aa9429562:24", 106, null, null));
        Lines.write(out, new TableLine(1, "shop", "orders", COLUMNS, List.of(0), List.of(), null, null));
        RowLineWriter row = new RowLineWriter(out);
        row.keyed(RowOp.INSERT, 1, 0x9f3c2a17d0b4e655L).present().ascii("0,1");
        cells(row.end(), "1001,\"17.50\"");
        row.keyed(RowOp.UPDATE, 1, 0x9f3c2a17d0b4e655L).changed();
        row.old();
        row.endOld().written().ascii("1,3");
        row.end().present().ascii("0,1,3");
        cells(row.end(), "1001,\"18.00\",null");
        row.keyed(RowOp.DELETE, 1, 0x9f3c2a17d0b4e655L).present().ascii("0");
        cells(row.end(), "1001");
        Lines.writeCommit(out, 3);
        assertGolden("minimal-image.jsonl", out);
    }

    @Test
    void messageOfAPartitionQueue() throws IOException {
        LineBuffer out = new LineBuffer(16);
        Lines.write(out, transaction("3e11fa47-71ca-11e1-9e33-c80aa9429562:23", 99, null, null));
        Lines.write(
                out,
                new TableLine(
                        1,
                        "shop",
                        "orders",
                        List.of(
                                COLUMNS.get(0),
                                new Column("total", "decimal(10,2)", "amount", false),
                                COLUMNS.get(2),
                                new Column("note", "text", null, true)),
                        List.of(0),
                        List.of(),
                        new TableLine.Target("copy", "sales"),
                        new CacheRule("order:{id}", CacheRule.Format.JSON, Duration.ofHours(1))));
        RowLineWriter row = new RowLineWriter(out);
        row.keyed(RowOp.SNAPSHOT, 1, 0x9f3c2a17d0b4e655L);
        cells(row, "1001,\"17.50\",\"a@example.org\",\"not for the target\"");
        assertGolden("partition-queue.jsonl", out);
    }

    @Test
    void positionAndClaim() throws IOException {
        LineBuffer out = new LineBuffer(16);
        Lines.writePosition(out, transaction(null, 105, null, null));
        assertGolden("position.jsonl", out);
        out.clear();
        Lines.write(
                out, new Claim(7, 105, "capture-a-51c0", 1_763_683_202_000_000L, transaction(null, 103, null, null)));
        assertGolden("claim.jsonl", out);
    }

    @Test
    void snapshot() throws IOException {
        LineBuffer out = new LineBuffer(16);
        TransactionLine rows = new TransactionLine(
                null,
                "mysql-bin.000002",
                1234,
                1_763_683_200_123_456L,
                99,
                null,
                null,
                "3e11fa47-71ca-11e1-9e33-c80aa9429562",
                List.of("orders-to-b", "orders-to-cache"),
                "first-load");
        SnapshotLine state = new SnapshotLine(
                "first-load",
                Instant.parse("2026-11-21T09:30:00.123456Z"),
                SnapshotLine.Phase.RUNNING,
                0,
                "shop",
                "orders",
                List.of("1001", "a"),
                false,
                2,
                17,
                17_000,
                1_000,
                List.of(new SnapshotLine.FailedTable("shop", "notes", "has no key")),
                List.of(),
                List.of());
        Lines.write(out, rows);
        Lines.write(out, state);
        assertGolden("snapshot.jsonl", out);

        LineScanner lines = new LineScanner().over(golden("snapshot.jsonl"));
        assertThat(lines.next()).isTrue();
        assertThat(Lines.transaction(lines.body(), lines.from(), lines.to())).isEqualTo(rows);
        assertThat(lines.next()).isTrue();
        assertThat(lines.kind()).isEqualTo(LineKind.SNAPSHOT);
        assertThat(Lines.snapshot(lines.body(), lines.from(), lines.to())).isEqualTo(state);
    }

    @Test
    void everyGoldenLineIsReadBack() throws IOException {
        byte[] body = golden("source-log.jsonl");
        LineScanner lines = new LineScanner().over(body);
        int rows = 0;
        while (lines.next()) {
            switch (lines.kind()) {
                case TRANSACTION ->
                    assertThat(Lines.transaction(body, lines.from(), lines.to()).file())
                            .isEqualTo("mysql-bin.000002");
                case TABLE ->
                    assertThat(Lines.table(body, lines.from(), lines.to()).schema())
                            .isEqualTo("shop");
                case DDL ->
                    assertThat(Lines.ddl(body, lines.from(), lines.to()).sql()).startsWith("ALTER TABLE");
                case ROW -> {
                    rows++;
                    assertThat(new RowLine().head(lines).cells().size()).isIn(1, 4);
                }
                default -> assertThat(lines.kind()).isEqualTo(LineKind.COMMIT);
            }
        }
        assertThat(rows).isEqualTo(5);
        byte[] claim = golden("claim.jsonl");
        assertThat(Lines.claim(claim, 0, claim.length - 1).resume().seq()).isEqualTo(103);
        byte[] position = golden("position.jsonl");
        assertThat(Lines.position(position, 0, position.length - 1).seq()).isEqualTo(105);
    }

    private static TransactionLine transaction(
            @Nullable String gtid, long seq, @Nullable String origin, @Nullable String executed) {
        return new TransactionLine(
                gtid,
                "mysql-bin.000002",
                1234,
                1_763_683_200_123_456L,
                seq,
                origin,
                executed,
                executed == null ? null : "3e11fa47-71ca-11e1-9e33-c80aa9429562");
    }

    private static void cells(RowLineWriter row, String cells) {
        byte[] bytes = cells.getBytes(StandardCharsets.UTF_8);
        row.row(bytes, 0, bytes.length);
    }

    private static void assertGolden(String file, LineBuffer written) throws IOException {
        assertThat(new String(written.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden(file), StandardCharsets.UTF_8));
    }

    private static byte[] golden(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GoldenMessageTest.class.getResourceAsStream("/golden/" + file), file + " is missing")) {
            return in.readAllBytes();
        }
    }
}
