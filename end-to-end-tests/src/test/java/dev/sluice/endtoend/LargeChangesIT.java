package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.demo.check.SourceLogCheck;
import dev.sluice.demo.stack.Stack;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A row of 20 MB and a transaction of 100,000 rows, with 256 MB of heap for capture and dispatcher, 512 MB for apply. */
class LargeChangesIT {
    private static final String[] TABLES = {
        "CREATE TABLE large.files (id INT PRIMARY KEY, name VARCHAR(80), content LONGBLOB)",
        "CREATE TABLE large.readings (id INT PRIMARY KEY, sensor INT NOT NULL, value DECIMAL(12,4), note VARCHAR(60))"
    };

    @Test
    void bringsLargeRowsAndLargeTransactionsWithLittleMemory() throws Exception {
        Stack stack = SharedStack.get();
        for (DatabaseServer server : List.of(stack.source(), stack.target())) {
            server.execute("CREATE DATABASE large");
            server.execute(TABLES);
        }
        SharedStack.dataSources("large");
        SharedStack.channel(
                "large",
                List.of(SharedStack.pipeline(
                        "large",
                        "large-copy",
                        List.of(Map.of("schema", "large", "table", "*")),
                        Map.of("partitions", 8))));

        stack.source()
                .execute(
                        "SET SESSION cte_max_recursion_depth = 200000",
                        "INSERT INTO large.files VALUES (1, 'large', REPEAT(x'00ff22275c0a80', 3000000)), (2, 'small', x'00')",
                        """
                        INSERT INTO large.readings WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                        SELECT i, i % 97, i / 7, CONCAT('reading ', i) FROM n""",
                        "UPDATE large.readings SET value = value + 1 WHERE sensor < 50",
                        "UPDATE large.readings SET id = id + 1000000 WHERE sensor = 96",
                        "DELETE FROM large.readings WHERE sensor = 95",
                        "UPDATE large.files SET name = 'renamed'",
                        "INSERT INTO large.files VALUES (3, 'last', NULL)");

        SharedStack.awaitEqual("large.files", "large.files");
        SharedStack.awaitEqual("large.readings", "large.readings");
        assertThat(SharedStack.compare("large.files", "large.files").rows()).isEqualTo(3);
        assertThat(SharedStack.compare("large.readings", "large.readings").rows())
                .isGreaterThan(98_000);
        SourceLogCheck.Result log = SourceLogCheck.read(stack.broker().amqpUri(), "large-source");
        assertThat(log.dense()).as(log.toString()).isTrue();
        SharedStack.remove("large");
    }
}
