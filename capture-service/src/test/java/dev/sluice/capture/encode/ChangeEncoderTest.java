package dev.sluice.capture.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.capture.schema.UniqueKeys;
import dev.sluice.change.message.DdlLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Numbering, transactions and messages; statements stand for entries of any kind. */
class ChangeEncoderTest {
    private static final UniqueKeys NO_SERVER =
            new UniqueKeys(new SourceAddress("nowhere.invalid", 1, "", "", TlsOptions.disabled()));

    private final ChangeEncoder encoder = new ChangeEncoder(NO_SERVER, 10, 10, "server", () -> null);

    @Test
    void numbersGoOnAndAMessageBeginsWithItsTransaction() {
        transaction("a", 2);
        transaction("b", 1);
        Message message = encoder.take();
        assertThat(message.seq()).isEqualTo(11);
        assertThat(message.entries()).isEqualTo(3);
        assertThat(message.lastSeq()).isEqualTo(13);
        assertThat(message.place().gtid()).isEqualTo("b");
        assertThat(message.place().seq()).isEqualTo(12);
        assertThat(lines(message))
                .containsExactly(
                        "{\"tx\":{\"gtid\":\"a\",\"file\":\"bin.1\",\"offset\":4,\"time\":5,\"seq\":10,\"server\":\"server\"}}",
                        ddl(1),
                        ddl(2),
                        "{\"commit\":2}",
                        "{\"tx\":{\"gtid\":\"b\",\"file\":\"bin.1\",\"offset\":4,\"time\":5,\"seq\":12}}",
                        ddl(1),
                        "{\"commit\":1}");
    }

    @Test
    void aTransactionThatGoesOnIsRepeatedAndCountedWhole() {
        encoder.begin(start("a"));
        entry(1);
        encoder.take();
        entry(2);
        encoder.commit();
        Message second = encoder.take();
        assertThat(second.seq()).isEqualTo(12);
        assertThat(lines(second).get(0)).contains("\"gtid\":\"a\"", "\"seq\":10");
        assertThat(lines(second)).last().isEqualTo("{\"commit\":2}");
    }

    @Test
    void entriesThatAreLoggedAreNumberedAndNotWritten() {
        ChangeEncoder resumed = new ChangeEncoder(NO_SERVER, 10, 12, "server", () -> null);
        resumed.begin(start("a"));
        for (int i = 1; i <= 3; i++) {
            int number = i;
            resumed.ddl(() -> new DdlLine("s", "ddl " + number, 5));
        }
        resumed.commit();
        Message message = resumed.take();
        assertThat(message.seq()).isEqualTo(13);
        assertThat(lines(message).subList(1, 3)).containsExactly(ddl(3), "{\"commit\":3}");
    }

    @Test
    void aTransactionWithoutEntriesLeavesNoTrace() {
        transaction("empty", 0);
        assertThat(encoder.isEmpty()).isTrue();
        transaction("a", 1);
        assertThat(lines(encoder.take())).noneMatch(line -> line.contains("empty"));
    }

    @Test
    void whatWasExecutedIsSaidAgainBehindTransactionsWithoutEntries() {
        AtomicReference<String> executed = new AtomicReference<>("u:1");
        ChangeEncoder some = new ChangeEncoder(NO_SERVER, 10, 10, "server", executed::get);
        transaction(some, "u:2", 1);
        executed.set("u:1-2");
        transaction(some, "u:3", 1);
        executed.set("u:1-3");
        transaction(some, "u:4", 0);
        executed.set("u:1-4");
        transaction(some, "u:5", 1);
        executed.set("u:1-5");
        transaction(some, "u:6", 1);
        assertThat(lines(some.take()).stream().filter(line -> line.startsWith("{\"tx\"")))
                .extracting(line -> line.replaceAll(".*(?=\"seq\")", ""))
                .containsExactly(
                        "\"seq\":10,\"executed\":\"u:1\",\"server\":\"server\"}}",
                        "\"seq\":11}}",
                        "\"seq\":12,\"executed\":\"u:1-4\"}}",
                        "\"seq\":13}}");
    }

    @Test
    void aMessageKeepsItsPlaceWhenTheNextTransactionHasBegun() {
        transaction("a", 1);
        encoder.begin(start("b"));
        assertThat(encoder.take().place().gtid()).isEqualTo("a");
    }

    @Test
    void whatIsReadOfATransactionThatHasNotEndedCanBeTakenBack() {
        transaction("a", 1);
        encoder.begin(start("b"));
        entry(1);
        encoder.dropOpenTransaction();
        Message message = encoder.take();
        assertThat(message.entries()).isEqualTo(1);
        assertThat(message.place().gtid()).isEqualTo("a");
        assertThat(lines(message)).last().isEqualTo("{\"commit\":1}");
    }

    @Test
    void nothingIsLeftIfOnlyTheOpenTransactionWasThere() {
        transaction("a", 1);
        encoder.take();
        encoder.begin(start("b"));
        entry(1);
        encoder.dropOpenTransaction();
        assertThat(encoder.isEmpty()).isTrue();
    }

    @Test
    void aPlaceWithoutEntriesNamesTheNextNumber() {
        transaction("a", 2);
        encoder.take();
        Message position = encoder.position("bin.2", 4, 9);
        assertThat(position.seq()).isEqualTo(13);
        assertThat(position.entries()).isZero();
        assertThat(lines(position))
                .containsExactly(
                        "{\"position\":{\"file\":\"bin.2\",\"offset\":4,\"time\":9,\"seq\":12,\"server\":\"server\"}}");
    }

    private void transaction(String gtid, int entries) {
        transaction(encoder, gtid, entries);
    }

    private static void transaction(ChangeEncoder encoder, String gtid, int entries) {
        encoder.begin(start(gtid));
        for (int i = 1; i <= entries; i++) {
            entry(encoder, i);
        }
        encoder.commit();
    }

    private void entry(int number) {
        entry(encoder, number);
    }

    private static void entry(ChangeEncoder encoder, int number) {
        encoder.ddl(() -> new DdlLine("s", "ddl " + number, 5));
    }

    private static String ddl(int number) {
        return "{\"ddl\":{\"schema\":\"s\",\"sql\":\"ddl " + number + "\",\"time\":5}}";
    }

    private static Transaction start(String gtid) {
        return new Transaction(gtid, "bin.1", 4, 5);
    }

    private static List<String> lines(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8).lines().toList();
    }
}
