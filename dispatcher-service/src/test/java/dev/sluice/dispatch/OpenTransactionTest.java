package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatch.partition.PartitionBatches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenTransactionTest {
    private final List<String> sent = new ArrayList<>();
    private final PartitionBatches batches = new PartitionBatches(
            (partition, header, body) ->
                    sent.add(header.seq() + " " + new String(body, StandardCharsets.UTF_8).strip()),
            1,
            List.of(10L),
            true);

    @Test
    void endsATransactionOfWhichRowsWereSent() throws Exception {
        OpenTransaction open = new OpenTransaction(true, null);
        open.end(batches, 20);
        assertThat(sentSoFar()).as("nothing of it was sent").isEmpty();
        open.sent(line(20), 0, line(20).length);
        assertThat(open.after()).isEqualTo(20);
        open.end(batches, 23);
        assertThat(sentSoFar()).containsExactly("11 {\"commit\":3}");
        assertThat(open.after()).isNull();
    }

    @Test
    void endsItTooIfAnEarlierOwnerSentItsRows() throws Exception {
        OpenTransaction open = new OpenTransaction(true, 20L);
        next(open, 20, 22);
        assertThat(sentSoFar()).as("it goes on in the next message").isEmpty();
        open.end(batches, 23);
        assertThat(sentSoFar()).containsExactly("11 {\"commit\":3}");
    }

    @Test
    void endsACopiedChunkThatWasNeverFinished() throws Exception {
        OpenTransaction open = new OpenTransaction(true, 20L);
        next(open, 22, 22);
        assertThat(sentSoFar()).containsExactly("11 {\"commit\":2}");
    }

    @Test
    void saysNothingOfTransactionsWhereRowsAreKeptWhole() throws Exception {
        OpenTransaction open = new OpenTransaction(false, null);
        open.sent(line(20), 0, line(20).length);
        open.end(batches, 23);
        assertThat(sentSoFar()).isEmpty();
        assertThat(open.after()).isNull();
    }

    private void next(OpenTransaction open, long before, long entry) throws Exception {
        open.next(batches, line(before), 0, line(before).length, entry);
    }

    private List<@Nullable String> sentSoFar() throws Exception {
        batches.flush();
        return List.copyOf(sent);
    }

    private static byte[] line(long before) {
        return ("{\"tx\":{\"file\":\"f\",\"offset\":4,\"time\":1,\"seq\":" + before + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
