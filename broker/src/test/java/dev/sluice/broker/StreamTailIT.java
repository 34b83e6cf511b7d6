package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.sluice.broker.StreamTail.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTailIT {
    private Connection connection;
    private String stream;
    private final List<Integer> read = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        connection = TestBroker.connections().open("test");
        stream = TestBroker.newStream(connection);
    }

    @AfterEach
    void close() throws Exception {
        connection.createChannel().queueDelete(stream);
        connection.close();
    }

    @Test
    void anEmptyStreamHasNothingAndThatIsAll() throws Exception {
        assertThat(tail(100)).isEqualTo(Reach.BEGINNING);
        assertThat(read).isEmpty();
    }

    @Test
    void aShortStreamIsReadWhole() throws Exception {
        TestBroker.publishNumbers(connection, stream, 1, 10);
        assertThat(tail(100)).isEqualTo(Reach.BEGINNING);
        assertThat(read).isEqualTo(numbers(1, 10));
    }

    @Test
    void ofALongStreamTheEndIsReadAtLeastSoFarBack() throws Exception {
        TestBroker.publishNumbers(connection, stream, 1, 20_000);
        assertThat(tail(1_200)).isEqualTo(Reach.PART);
        assertThat(read.size()).isGreaterThanOrEqualTo(1_199);
        assertThat(read).isEqualTo(numbers(20_000 - read.size() + 1, 20_000));
    }

    @Test
    void goesBackFartherThanTheLastChunk() throws Exception {
        TestBroker.publishNumbers(connection, stream, 1, 5_000);
        for (int i = 5_001; i <= 5_020; i++) {
            TestBroker.publishNumbers(connection, stream, i, i);
        }
        assertThat(tail(500)).isEqualTo(Reach.PART);
        assertThat(read.size()).isGreaterThanOrEqualTo(499);
        assertThat(read).isEqualTo(numbers(5_020 - read.size() + 1, 5_020));
    }

    @Test
    void earlierProbesAreNoRecords() throws Exception {
        TestBroker.publishNumbers(connection, stream, 1, 3);
        tail(10);
        tail(10);
        read.clear();
        TestBroker.publishNumbers(connection, stream, 4, 5);
        assertThat(tail(100)).isEqualTo(Reach.BEGINNING);
        assertThat(read).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aStreamThatRetentionEmptiedIsToldFromOneThatNeverHadAnything() throws Exception {
        String small = TestBroker.uniqueName();
        connection
                .createChannel()
                .queueDeclare(
                        small,
                        true,
                        false,
                        false,
                        Map.of(
                                "x-queue-type",
                                "stream",
                                "x-max-length-bytes",
                                100_000L,
                                "x-stream-max-segment-size-bytes",
                                50_000));
        // one record above the largest size: the segment after it is begun and the one that holds it removed
        TestBroker.publish(connection, small, new byte[200_000]);
        List<StreamRecord> records = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            records.clear();
            return StreamTail.read(connection, small, 100, records::add) == Reach.FIRST_KEPT;
        });
        assertThat(records).isEmpty();
    }

    private Reach tail(long lookBack) throws Exception {
        return StreamTail.read(
                connection, stream, lookBack, record -> read.add(Integer.parseInt(new String(record.body()))));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }
}
