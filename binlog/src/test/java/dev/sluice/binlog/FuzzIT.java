package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged logs of real servers, every kind of event among them, give an error or other values: never anything but an
 * IOException, never more work or memory than their size allows, never rows that are no rows. With checksums every damage
 * is found. A longer run: {@code -Dsluice.fuzz=1000000}.
 */
class FuzzIT {
    private static final int RUNS = Integer.getInteger("sluice.fuzz", 2_000);
    /** Zlib packs up to 1,032 bytes into one, and a decoded cell takes a few bytes for one. */
    private static final long MOST_PER_BYTE = 4_000;

    private static final long MOST_AT_ONCE = 32_000_000;
    private static final int[] KINDS = {
        0, 1, 2, 3, 4, 5, 13, 14, 15, 16, 17, 18, 19, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
        39, 40, 41, 42, 43, 99, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 255
    };
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_8_0", "MARIADB_10_11"})
    void damageGivesAnErrorAndNothingWorse(TestSource source) throws Exception {
        fuzz(source);
    }

    @ParameterizedTest
    @Tag("extended")
    @EnumSource(
            value = TestSource.class,
            names = {"MYSQL_9_7", "MARIADB_11_4"})
    void damageOfOtherVersionsGivesAnErrorAndNothingWorse(TestSource source) throws Exception {
        assumeTrue(source.available());
        fuzz(source);
    }

    private static void fuzz(TestSource source) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("FuzzIT " + source + " seed " + seed + " (-Dsluice.seed=" + seed + ")");
        Random random = new Random(seed);
        RecordedLog log = record(source);
        Checked whole = decoded(log.events());
        assertThat(whole.failure).isNull();
        assertThat(whole.rows).hasSizeGreaterThan(20);

        int found = 0;
        int harmless = 0;
        long mostAllocated = 0;
        for (int run = 0; run < RUNS; run++) {
            RecordedLog kind = random.nextBoolean() ? log : log.plain();
            List<byte[]> damaged = new ArrayList<>(kind.events());
            for (int i = random.nextInt(3); i >= 0; i--) {
                damage(damaged, random);
            }
            Checked checked = decoded(damaged);
            found += checked.failure == null ? 0 : 1;
            harmless += checked.failure == null ? 1 : 0;
            mostAllocated = Math.max(mostAllocated, checked.allocated);
        }
        assertThat(found).isGreaterThan(RUNS / 10);
        everyDamageIsFoundByChecksums(log, whole, random);
        everyCutIsFound(log, whole, random);
        System.out.println("FuzzIT " + source + ": " + log.events().size() + " events, "
                + log.bytes() + " bytes, kinds "
                + new TreeSet<>(log.events().stream().map(RecordedLog::type).toList()) + "; of " + RUNS + " runs "
                + found + " ended with an error, " + harmless + " with other values; at most " + mostAllocated
                + " bytes allocated");
    }

    private static void everyDamageIsFoundByChecksums(RecordedLog log, Checked whole, Random random) {
        for (int run = 0; run < RUNS / 4; run++) {
            List<byte[]> damaged = new ArrayList<>(log.events());
            // the first two are the server's, made for the connection
            int at = 2 + random.nextInt(damaged.size() - 2);
            byte[] event = damaged.get(at).clone();
            event[random.nextInt(event.length)] ^= (byte) (1 << random.nextInt(8));
            damaged.set(at, event);
            Checked checked = decoded(damaged);
            assertThat(checked.failure)
                    .as("damage of event %d of type %d", at, RecordedLog.type(event))
                    .isNotNull();
            assertThat(checked.rows).isEqualTo(whole.rows.subList(0, Math.min(whole.rows.size(), checked.rows.size())));
        }
    }

    private static void everyCutIsFound(RecordedLog log, Checked whole, Random random) {
        byte[] packets = RecordedLog.packets(log.events());
        for (int run = 0; run < RUNS / 4; run++) {
            Checked checked = decoded(Arrays.copyOf(packets, random.nextInt(packets.length)));
            assertThat(checked.rows).isEqualTo(whole.rows.subList(0, Math.min(whole.rows.size(), checked.rows.size())));
        }
    }

    private static Checked decoded(List<byte[]> events) {
        return decoded(RecordedLog.packets(events));
    }

    private static Checked decoded(byte[] packets) {
        Checked checked = new Checked(packets.length);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            RecordedLog.decode(packets, checked);
        } catch (IOException e) {
            checked.failure = e;
        }
        checked.allocated = THREADS.getCurrentThreadAllocatedBytes() - before - checked.own;
        assertThat(checked.allocated).isLessThan(MOST_AT_ONCE + MOST_PER_BYTE * packets.length);
        return checked;
    }

    /** Damages an event that is not one of the first two, or removes or repeats it. */
    static void damage(List<byte[]> events, Random random) {
        int at = 2 + random.nextInt(events.size() - 2);
        byte[] event = events.get(at);
        int body = event.length - RecordedLog.HEADER - 4;
        if (body <= 0) {
            return; // cut before
        }
        switch (random.nextInt(9)) {
            case 0 -> events.remove(at);
            case 1 -> events.add(at, events.get(2 + random.nextInt(events.size() - 2)));
            case 2 -> {
                byte[] other = event.clone();
                other[RecordedLog.TYPE] = (byte) KINDS[random.nextInt(KINDS.length)];
                events.set(at, RecordedLog.sealed(other));
            }
            case 3 -> events.set(at, RecordedLog.sealed(Arrays.copyOf(event, random.nextInt(event.length))));
            case 4 -> events.set(at, RecordedLog.sealed(Arrays.copyOf(event, event.length + random.nextInt(70_000))));
            case 5 -> {
                byte[] from = events.get(2 + random.nextInt(events.size() - 2));
                byte[] other = event.clone();
                int length = Math.min(random.nextInt(40), Math.min(from.length, body));
                System.arraycopy(from, random.nextInt(from.length - length + 1), other, RecordedLog.HEADER, length);
                events.set(at, RecordedLog.sealed(other));
            }
            default -> {
                byte[] other = event.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    int place = RecordedLog.HEADER + random.nextInt(body);
                    byte[] extremes = {0, 1, -1, 0x7f, (byte) 0x80, (byte) 0xfb, (byte) 0xfc, (byte) 0xfd, (byte) 0xfe};
                    boolean extreme = random.nextBoolean();
                    for (int k = random.nextInt(5); k >= 0 && place + k < other.length - 4; k--) {
                        other[place + k] =
                                extreme ? extremes[random.nextInt(extremes.length)] : (byte) random.nextInt(256);
                    }
                }
                events.set(at, RecordedLog.sealed(other));
            }
        }
    }

    private static RecordedLog record(TestSource source) throws Exception {
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute("FLUSH BINARY LOGS");
        String file = TestSource.positions(server).current().file();
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            for (String sql : FuzzStatements.of(source, schema)) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(sql, e);
                }
            }
        }
        server.execute("FLUSH BINARY LOGS");
        return RecordedLog.of(server, file);
    }

    /** Takes what is found and lets nothing pass that is no row. */
    private static final class Checked implements BinlogHandler {
        private final long most;
        private final List<String> rows = new ArrayList<>();
        private IOException failure;
        private boolean open;
        private long calls;
        private long own;
        private long allocated;

        Checked(int bytes) {
            most = MOST_PER_BYTE * bytes;
        }

        private void check(boolean holds, String what) {
            if (!holds || calls++ > most) {
                throw new AssertionError(what + " after " + calls + " calls");
            }
        }

        @Override
        public void transactionStarted(TransactionStart transaction) {
            check(!open, "a transaction within another");
            open = true;
        }

        @Override
        public void row(TableShape table, DecodedRow row) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            check(open, "a row outside of a transaction");
            check(row.columnCount() == table.columns().size(), "a row of another table");
            int at = row.imageStart();
            for (int i = 0; i < row.columnCount(); i++) {
                if (row.present(i)) {
                    check(at == row.cellStart(i), "cells that are not contiguous");
                    cell(row.bytes(), row.cellStart(i), row.cellEnd(i));
                    at = row.cellEnd(i) + 1;
                }
                if (row.changed(i)) {
                    cell(row.bytes(), row.oldStart(i), row.oldEnd(i));
                }
            }
            if (rows.size() < 1_000) {
                rows.add(table + " " + row.op() + " " + row.cell(0));
            }
            own += THREADS.getCurrentThreadAllocatedBytes() - before;
        }

        /** A JSON scalar, without looking at what is between quotes but escapes. */
        private void cell(byte[] bytes, int from, int to) {
            check(from < to, "an empty cell");
            if (bytes[from] != '"') {
                String text = new String(bytes, from, Math.min(40, to - from), StandardCharsets.ISO_8859_1);
                check(text.matches("null|-?\\d+(\\.\\d+)?(e-?\\d+)?"), "not JSON: " + text);
                return;
            }
            for (int i = from + 1; i < to - 1; i++) {
                check(bytes[i] != '"' && (bytes[i] & 0xff) >= 0x20, "a character that must be escaped");
                i += bytes[i] == '\\' ? 1 : 0;
            }
            check(to - from >= 2 && bytes[to - 1] == '"', "a string without an end");
        }

        @Override
        public void ddl(DdlStatement statement) {
            check(open, "a statement outside of a transaction");
        }

        @Override
        public void transactionEnded(TransactionEnd end) {
            check(open, "an end without a transaction");
            open = false;
        }

        @Override
        public void positionMoved(String file, long offset) {
            check(!open, "a move within a transaction");
        }
    }
}
