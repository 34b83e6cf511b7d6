package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.check.SourceLogCheck;
import dev.sluice.demo.shop.ShopSchema;
import dev.sluice.demo.stack.ShopChannel;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.check.TableComparison;
import dev.sluice.testsupport.download.ProjectRoot;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A row of 20 MB and a transaction of 100,000 rows, with 256 MB of heap for capture and dispatcher, 512 MB for apply. */
class LargeChangesIT {
    private static final String[] TABLES = {
        "CREATE TABLE shop.files (id INT PRIMARY KEY, name VARCHAR(80), content LONGBLOB)",
        "CREATE TABLE shop.readings (id INT PRIMARY KEY, sensor INT NOT NULL, value DECIMAL(12,4), note VARCHAR(60))"
    };

    @Test
    void bringsLargeRowsAndLargeTransactionsWithLittleMemory() throws Exception {
        try (Stack stack = Stack.start(
                ProjectRoot.find().resolve("end-to-end-tests/target/large-changes"), List.of(), System.out::println)) {
            for (DatabaseServer server : List.of(stack.source(), stack.target())) {
                ShopSchema.create(server);
                server.execute(TABLES);
            }
            ShopChannel.configure(stack.services().admin(), stack.source(), stack.target(), stack.redis());

            stack.source()
                    .execute(
                            "SET SESSION cte_max_recursion_depth = 200000",
                            "INSERT INTO shop.files VALUES (1, 'large', REPEAT(x'00ff22275c0a80', 3000000)), (2, 'small', x'00')",
                            """
                            INSERT INTO shop.readings WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                            SELECT i, i % 97, i / 7, CONCAT('reading ', i) FROM n""",
                            "UPDATE shop.readings SET value = value + 1 WHERE sensor < 50",
                            "UPDATE shop.readings SET id = id + 1000000 WHERE sensor = 96",
                            "DELETE FROM shop.readings WHERE sensor = 95",
                            "UPDATE shop.files SET name = 'renamed'",
                            "INSERT INTO shop.files VALUES (3, 'last', NULL)");

            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> {
                        assertThat(compare(stack, "shop.files").toString()).endsWith("all equal");
                        assertThat(compare(stack, "shop.readings").toString()).endsWith("all equal");
                    });
            assertThat(compare(stack, "shop.files").rows()).isEqualTo(3);
            assertThat(compare(stack, "shop.readings").rows()).isGreaterThan(98_000);
            SourceLogCheck.Result log = SourceLogCheck.read(stack.broker().amqpUri(), ShopChannel.SOURCE);
            assertThat(log.dense()).as(log.toString()).isTrue();
        }
    }

    private static TableComparison.Result compare(Stack stack, String table) throws Exception {
        try (var source = stack.source().connect();
                var target = stack.target().connect()) {
            return TableComparison.compare(source, table, target, table);
        }
    }
}
