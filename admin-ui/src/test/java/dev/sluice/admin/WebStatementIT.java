package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.status.PartitionStatus;
import dev.sluice.change.status.ServiceStatus;
import dev.sluice.change.status.State;
import dev.sluice.change.status.StatusCodec;
import dev.sluice.testsupport.browser.Chromium;
import dev.sluice.testsupport.download.ServerCache;
import dev.sluice.testsupport.servers.SharedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A statement that the target refuses is given up by a person at a browser, with a real broker between them and apply. */
class WebStatementIT {
    private static final String REASON = "entry 17: ALTER TABLE orders ADD fee INT: duplicate column 'fee'";
    private static final String SOURCE =
            "{'name':'%s','kind':'MYSQL','host':'db.example.net','username':'u','password':'p','capture':{}}";
    private static final String CHANNEL = "{'name':'shop','pipelines':[{'name':'shop','source':'db','target':'copy',"
            + "'state':'RUNNING','partitions':1,'mappings':[{'schema':'s','table':'*'}]}]}";

    @TempDir
    private Path data;

    /** What an apply service says as long as the statement that the pipeline stands before has not been answered. */
    private static final class Apply implements AutoCloseable {
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final AdminServer admin;
        private final Channel channel;

        Apply(AdminServer admin, Connection connection) throws IOException {
            this.admin = admin;
            channel = connection.createChannel();
            channel.exchangeDeclare(BrokerNames.STATUS_EXCHANGE, "fanout", true);
            timer.scheduleWithFixedDelay(this::report, 0, 500, TimeUnit.MILLISECONDS);
        }

        private void report() {
            boolean answered = !answers(admin).isEmpty();
            PartitionStatus partition = partition(
                    answered ? State.RUNNING : State.SUSPENDED, answered ? null : REASON, answered ? null : 17L);
            ServiceStatus status = new ServiceStatus(
                    "apply", "apply-1", "1", Instant.now(), 1, List.of(), List.of(), List.of(partition));
            try {
                channel.basicPublish(
                        BrokerNames.STATUS_EXCHANGE,
                        "",
                        new AMQP.BasicProperties.Builder().type("status").build(),
                        StatusCodec.encode(status));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static PartitionStatus partition(State state, @Nullable String error, @Nullable Long statement) {
            long now = System.currentTimeMillis() * 1000;
            return new PartitionStatus(
                    "shop", 0, state, 1, 16, 16, 0, 0, 0, now, 1, now, List.of(), error, 0, null, statement);
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }

    @Test
    void isGivenUpAfterAQuestion() throws Exception {
        Chromium chromium = Chromium.find(ServerCache.standard(), System.out::println)
                .orElseThrow(() -> new AssertionError("no browser"));
        String broker = SharedServers.rabbit().amqpUri();
        try (AdminServer admin = AdminServer.start(data, broker);
                BrowserPage person = new BrowserPage(chromium, admin.uri("").toString())) {
            admin.post("data-sources", SOURCE.formatted("db"));
            admin.post("data-sources", SOURCE.formatted("copy"));
            assertThat(admin.post("channels?check=false", CHANNEL).status()).isEqualTo(201);
            try (Connection connection = SharedServers.rabbit().connect();
                    Apply apply = new Apply(admin, connection)) {
                person.logIn(AdminServer.PASSWORD, "/#/overview/shop");
                person.sees("The pipeline stands before the statement at entry 17");
                person.sees(REASON);
                person.press("Give the statement up");
                person.sees("this cannot be taken back");
                person.photograph(Path.of("target", "refused.png"));
                person.isAt("Cancel");
                person.key("Enter");
                person.waitUntilHidden("this cannot be taken back");
                assertThat(answers(admin)).as("one said no").isEmpty();

                person.isAt("Give the statement up");
                person.key("Enter");
                person.isAt("Cancel");
                person.key("Tab");
                person.key("Enter");
                person.sees("Given up; the pipeline goes on within seconds");
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() ->
                                assertThat(answers(admin).toString()).isEqualTo("[{\"entry\":17,\"apply\":false}]"));
                person.waitUntilGone("The pipeline stands before the statement");
                assertThat(person.errors()).isEmpty();
            }
        }
    }

    private static JsonNode answers(AdminServer admin) {
        return admin.get("channels/shop").json().at("/pipelines/0/apply/ddl/answers");
    }
}
