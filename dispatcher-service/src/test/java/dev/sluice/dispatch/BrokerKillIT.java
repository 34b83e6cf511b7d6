package dev.sluice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.StreamTail;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.message.MessageHeader;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.ServerOptions;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The broker is killed while rows flow, and comes back on the same disk. */
class BrokerKillIT {
    @Test
    void killedBrokerCostsNoRowAndNoOrder() throws Exception {
        Random random = new Random(51);
        RandomChanges history = new RandomChanges(51);
        try (RabbitMqServer broker = RabbitMqServer.start(ServerOptions.defaults(), Set.of())) {
            Dispatcher dispatcher;
            List<Change> sent;
            Fixture before = new Fixture(broker);
            before.log().claim(1, 0);
            dispatcher = before.dispatcher("one");
            dispatcher.configure(before.test.configure(before.connection, TestPipeline.PLAIN));
            before.log().messages(1, history.next(500), random);
            Fixture.awaitSeq(dispatcher, history.all().size());
            broker.makeQueuesLasting();
            sent = history.next(20_000);
            before.log().messages(1, sent, random);
            broker.kill9();
            broker.restart();

            try (Fixture after = new Fixture(broker, before.test)) {
                // as a capture does: find the end of what the log kept, claim it, send the rest again
                long kept = lastContiguous(after);
                SourceLogWriter log = after.log();
                log.claim(2, kept);
                log.messages(2, history.all().subList((int) kept, history.all().size()), random);
                log.messages(2, history.next(2_000), random);
                try (FoldingSink sink = after.sink()) {
                    Fixture.awaitChanges(sink, Fixture.plain(history.all()));
                    Fixture.awaitSeq(dispatcher, history.all().size());
                    assertThat(Fixture.status(dispatcher).partitionSeqs()).isEqualTo(sink.seqs());
                }
            } finally {
                before.close();
            }
        }
    }

    private static long lastContiguous(Fixture fixture) {
        long[] last = {0};
        // for a moment after its start the broker has no leader for a stream and calls it unroutable
        await().atMost(Fixture.PATIENCE).ignoreExceptions().until(() -> {
            last[0] = 0;
            StreamTail.Reach reach = StreamTail.read(
                    fixture.connection, BrokerNames.sourceLog(fixture.test.source), 1_000_000, record -> {
                        MessageHeader header = MessageHeader.of(record.type(), record.headers());
                        if (header.kind() == MessageHeader.Kind.ROWS && header.seq() <= last[0] + 1) {
                            last[0] = Math.max(last[0], header.lastSeq());
                        }
                    });
            return reach.complete();
        });
        return last[0];
    }
}
