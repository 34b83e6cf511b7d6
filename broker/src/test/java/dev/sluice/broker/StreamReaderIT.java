package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamReaderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Connection connection;
    private String stream;

    @BeforeEach
    void open() throws Exception {
        connection = TestBroker.connections().open("test");
        stream = TestBroker.newStream(connection);
    }

    @AfterEach
    void close() throws Exception {
        if (connection.isOpen()) {
            connection.createChannel().queueDelete(stream);
            connection.close();
        }
    }

    @Test
    void largeMessagesDoNotFillTheMemoryAndAllComeOnceInOrder() throws Exception {
        publish(30, 8_000_000);
        publish(400, 1_000);
        try (StreamReader reader = new StreamReader(connection, stream, StreamStart.FIRST)) {
            // nobody takes anything: without a bound 200 messages would wait
            await().atMost(PATIENCE).until(() -> reader.waitingBytes() > 64_000_000);
            await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> reader.waitingBytes() <= 72_000_000);
            List<Long> offsets = new ArrayList<>();
            long most = 0;
            while (offsets.size() < 430) {
                StreamRecord record = reader.poll(PATIENCE);
                assertThat(record).isNotNull();
                offsets.add(record.offset());
                most = Math.max(most, reader.waitingBytes());
            }
            assertThat(offsets).isEqualTo(LongStream.range(0, 430).boxed().toList());
            assertThat(most).isLessThan(73_000_000);
            assertThat(reader.poll(Duration.ofMillis(200))).isNull();
            assertThat(reader.idle()).isTrue();
            publish(3, 1_000);
            for (long offset = 430; offset < 433; offset++) {
                assertThat(reader.poll(PATIENCE))
                        .extracting(StreamRecord::offset)
                        .isEqualTo(offset);
            }
        }
    }

    @Test
    void lostConnectionIsToldWhenWhatHadArrivedIsTaken() throws Exception {
        publish(5, 10);
        try (StreamReader reader = new StreamReader(connection, stream, StreamStart.FIRST)) {
            assertThat(reader.poll(PATIENCE)).isNotNull();
            await().atMost(PATIENCE).until(() -> !reader.idle());
            connection.abort();
            assertThatThrownBy(() -> {
                        while (true) {
                            reader.poll(Duration.ofSeconds(1));
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("connection lost while reading " + stream);
        }
    }

    private void publish(int messages, int bytes) throws Exception {
        AMQP.BasicProperties properties = MessageProperties.PERSISTENT_BASIC;
        try (ConfirmedPublisher publisher = new ConfirmedPublisher(connection, ConfirmedPublisher.Window.DEFAULT, 0)) {
            for (int i = 1; i <= messages; i++) {
                publisher.publish("", stream, properties, new byte[bytes], i);
            }
            assertThat(publisher.awaitAllSeconds(60)).isTrue();
        }
    }
}
