package dev.sluice.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.TableLine;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplyPipelineIT {
    private final DatabaseServer target = SharedServers.mysql();

    @Test
    void appliesInsertsUpdatesAndDeletesTogetherWithTheWatermark() throws Exception {
        String database = Databases.create(target);
        target.execute("CREATE TABLE " + database + ".t (id INT PRIMARY KEY, v VARCHAR(50))");
        TableLine t = Tables.table(7, database, "t", List.of("id int", "v varchar(50)"), List.of(0), List.of());
        try (ApplyBench bench = new ApplyBench(target, 2)) {
            bench.configure();
            bench.start("one");
            bench.publish(
                    1,
                    new MessageBuilder()
                            .transaction()
                            .insert(t, "1", "\"a'b\\\\c\"")
                            .insert(t, "2", "null")
                            .insert(t, "3", "\"x\"")
                            .build(1, 1));
            bench.publish(
                    1,
                    new MessageBuilder()
                            .transaction()
                            .update(t, new String[] {"2", "null"}, new String[] {"2", "\"zwei\""})
                            .delete(t, "3", "\"x\"")
                            .build(1, 4));
            bench.awaitWatermark(1, 5);

            assertThat(bench.query("SELECT * FROM " + database + ".t ORDER BY id"))
                    .containsExactly("1|a'b\\c", "2|zwei");
            assertThat(bench.query("SELECT origin FROM sluice.sluice_watermark WHERE part=1 AND pipeline='"
                            + bench.pipeline() + "'"))
                    .containsExactly("site-of-source");
        }
    }
}
