package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.sluice.broker.Topology;
import dev.sluice.change.broker.BrokerNames;
import dev.sluice.change.error.ErrorCodec;
import dev.sluice.change.error.ErrorEntry;
import dev.sluice.change.error.ErrorEntry.State;
import dev.sluice.change.error.RepairCommand;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.RabbitMqServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** The error store between a real broker and both kinds of database. */
class ParkedRowsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PIPELINE = "parked-rows";
    private static final String TABLE = "{'pipeline':'" + PIPELINE + "','targetSchema':'copy','targetTable':'orders'}";

    private final RabbitMqServer broker = SharedServers.rabbit();

    @TempDir
    private Path data;

    @Test
    void keepsTheNewestStateOfEachRowAndPassesCommandsOn() throws Exception {
        try (AdminServer admin = AdminServer.start(data, broker.amqpUri())) {
            passes(admin);
        }
    }

    @Test
    void doesSoWithItsDatabaseOnMySql() throws Exception {
        MySqlServer mysql = SharedServers.mysql();
        String schema = Databases.create(mysql, "adminparked");
        String[] settings = {
            "--spring.datasource.url=" + mysql.jdbcUrl(schema),
            "--spring.datasource.username=" + mysql.user(),
            "--spring.datasource.password=" + mysql.password()
        };
        try (AdminServer admin = AdminServer.start(data, broker.amqpUri(), settings)) {
            passes(admin);
        }
    }

    private void passes(AdminServer admin) throws Exception {
        try (Connection connection = broker.connect();
                Channel channel = connection.createChannel()) {
            Topology.errorsQueue(channel);
            Topology.repairRequests(channel, PIPELINE, 1);
            channel.queuePurge(BrokerNames.repairRequests(PIPELINE, 1));
            // as they may come: twice, and an older state behind a newer one
            report(channel, 12, 1, State.PARKED, "waits behind entry 11 of its table");
            report(channel, 11, 2, State.PARKED, "too long, tried again");
            report(channel, 11, 1, State.PARKED, "too long");
            report(channel, 13, 2, State.APPLIED, "was parked");
            report(channel, 13, 1, State.PARKED, "was parked");
            report(channel, 12, 1, State.PARKED, "waits behind entry 11 of its table");
            channel.basicPublish("", BrokerNames.ERRORS_QUEUE, null, "no report".getBytes());
            report(channel, 14, 1, State.SKIPPED, "was parked");
            await().atMost(PATIENCE)
                    .until(() -> admin.get("parked-rows?pipeline=" + PIPELINE)
                                    .json()
                                    .path("total")
                                    .asInt()
                            == 4);

            JsonNode parked =
                    admin.get("parked-rows?state=PARKED&pipeline=" + PIPELINE).json();
            assertThat(parked.path("rows").valueStream().map(row -> row.path("seq")
                            .asInt()))
                    .containsExactly(11, 12);
            JsonNode first = parked.path("rows").path(0);
            assertThat(first.path("reason").asString()).isEqualTo("too long, tried again");
            assertThat(first.path("after").path("note").asString()).isEqualTo("a long text");
            assertThat(first.path("before").path("note").isNull()).isTrue();
            assertThat(admin.get("parked-rows?page=1&size=3&pipeline=" + PIPELINE)
                            .json()
                            .path("rows"))
                    .hasSize(1);
            JsonNode tables = admin.get("parked-rows/tables").json();
            assertThat(tables.path(0).path("rows").asInt()).isEqualTo(2);
            assertThat(tables.path(0).path("first").path("seq").asInt()).isEqualTo(11);

            commands(
                    admin,
                    channel,
                    first.path("id").asLong(),
                    parked.path("rows").path(1).path("id").asLong());
        }
    }

    private static void commands(AdminServer admin, Channel channel, long first, long second) throws Exception {
        assertThat(admin.get("parked-rows/" + first).json().path("sqlState").asString())
                .isEqualTo("22001");
        assertThat(admin.get("parked-rows/999999").status()).isEqualTo(404);
        AdminServer.Answer early = admin.post("parked-rows/" + second + "/retry", "{}");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body()).contains("Entry 11 of its table comes first");
        assertThat(admin.post("parked-rows/" + first + "/retry", "{'cells':{'note':[1]}}")
                        .fields())
                .containsExactly("cells.note");
        assertThat(admin.get("parked-rows?size=501").status()).isEqualTo(400);
        assertThat(admin.post("parked-rows/replay", "{'pipeline':'p'}").status())
                .isEqualTo(400);

        assertThat(admin.post("parked-rows/" + first + "/retry", "{}").status()).isEqualTo(202);
        assertThat(admin.post("parked-rows/" + second + "/retry", "{'cells':{'note':null}}")
                        .status())
                .isEqualTo(202);
        assertThat(admin.post("parked-rows/" + first + "/skip", "").status()).isEqualTo(202);
        assertThat(admin.post("parked-rows/replay", TABLE)
                        .json()
                        .path("partitions")
                        .asInt())
                .isEqualTo(1);
        assertThat(admin.post("parked-rows/skip", TABLE).status()).isEqualTo(202);

        assertThat(command(channel)).isEqualTo(command(RepairCommand.Action.RETRY, 11, null));
        assertThat(command(channel))
                .isEqualTo(command(RepairCommand.Action.RETRY, 12, Map.of("note", NullNode.getInstance())));
        assertThat(command(channel)).isEqualTo(command(RepairCommand.Action.SKIP, 11, null));
        assertThat(command(channel)).isEqualTo(command(RepairCommand.Action.REPLAY, 12, null));
        assertThat(command(channel)).isEqualTo(command(RepairCommand.Action.SKIP_TO, 12, null));
        JsonNode asked = admin.get("parked-rows/commands").json();
        assertThat(asked).hasSize(5);
        assertThat(asked.path(3).path("user").asString()).isEqualTo("admin");
        assertThat(asked.path(3).path("edited").asString()).isEqualTo("note");

        report(channel, 11, 3, State.SKIPPED, "too long, tried again");
        await().atMost(PATIENCE)
                .until(() -> admin.post("parked-rows/" + first + "/skip", "").status() == 409);
    }

    private static RepairCommand command(
            RepairCommand.Action action, long seq, @org.jspecify.annotations.Nullable Map<String, JsonNode> cells) {
        return new RepairCommand(action, "copy", "orders", 2, seq, cells, "admin");
    }

    private static RepairCommand command(Channel channel) throws Exception {
        GetResponse got = channel.basicGet(BrokerNames.repairRequests(PIPELINE, 1), true);
        assertThat(got).isNotNull();
        return ErrorCodec.command(got.getBody());
    }

    private static void report(Channel channel, long seq, int revision, State state, String reason) throws Exception {
        ErrorEntry entry = new ErrorEntry(
                PIPELINE,
                1,
                2,
                seq,
                revision,
                state,
                "shop",
                "orders",
                "copy",
                "orders",
                "u",
                Map.of("note", NullNode.getInstance()),
                Map.of("note", StringNode.valueOf("a long text")),
                null,
                reason,
                "22001",
                0,
                "binlog.000001",
                4,
                null,
                1_700_000_000_000_000L,
                Instant.parse("2026-11-21T09:30:00Z"));
        channel.basicPublish("", BrokerNames.ERRORS_QUEUE, null, ErrorCodec.encode(entry));
    }
}
