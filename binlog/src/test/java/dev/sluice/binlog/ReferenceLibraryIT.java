package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same log read by io.debezium:mysql-binlog-connector-java gives the same rows in the same order. */
class ReferenceLibraryIT {

    @ParameterizedTest
    @EnumSource(TestSource.class)
    void bothReadTheSameRowsInTheSameOrder(TestSource source) throws Exception {
        assumeTrue(source.available());
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("ReferenceLibraryIT " + source + " seed " + seed + " (-Dsluice.seed=" + seed + ")");
        Random random = new Random(seed);
        DatabaseServer server = source.server();
        String schema = Databases.create(server);
        server.execute(
                "CREATE TABLE " + schema + ".a (id INT PRIMARY KEY, v VARCHAR(50), n BIGINT, d DECIMAL(12,3))",
                "CREATE TABLE " + schema + ".b (id INT PRIMARY KEY, v VARCHAR(50), n BIGINT, d DECIMAL(12,3))");
        FilePosition start = TestSource.positions(server).current();
        int changes = 0;
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 300; i++) {
                String table = random.nextBoolean() ? "a" : "b";
                int id = random.nextInt(40);
                String values = "'v\u00e9" + random.nextInt(1000) + "'," + random.nextLong() + ","
                        + (random.nextInt(2_000_000) - 1_000_000) / 1000.0;
                changes += switch (random.nextInt(4)) {
                    case 0 -> statement.executeUpdate("DELETE FROM " + table + " WHERE id=" + id);
                    case 1 ->
                        statement.executeUpdate("UPDATE " + table + " SET n=" + random.nextLong() + " WHERE id BETWEEN "
                                + id + " AND " + (id + 3));
                    default ->
                        statement.executeUpdate("INSERT IGNORE INTO " + table + " VALUES (" + id + "," + values + ")");
                };
                if (random.nextInt(3) == 0) {
                    connection.commit();
                }
            }
            connection.commit();
        }
        List<String> ours = new ArrayList<>();
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), start)) {
            for (Collected.Row row : new Collected(schema).readRows(reader, changes).rows) {
                ours.add(
                        row.table().table() + " " + row.op() + " " + row.array().replace("\"", ""));
            }
        }
        assertThat(ours).hasSize(changes);
        assertThat(readWithLibrary(server, schema, start, changes)).isEqualTo(ours);
    }

    private static List<String> readWithLibrary(DatabaseServer server, String schema, FilePosition start, int count)
            throws Exception {
        List<String> rows = Collections.synchronizedList(new ArrayList<>());
        Map<Long, String> tables = new HashMap<>();
        BinaryLogClient client = new BinaryLogClient(server.host(), server.port(), server.user(), server.password());
        client.setServerId(987_654);
        client.setBinlogFilename(start.file());
        client.setBinlogPosition(start.offset());
        client.registerEventListener(event -> {
            EventData data = event.getData();
            if (data instanceof TableMapEventData map) {
                tables.put(map.getTableId(), map.getDatabase().equals(schema) ? map.getTable() : "");
            } else if (data instanceof WriteRowsEventData write) {
                write.getRows().forEach(row -> add(rows, tables.get(write.getTableId()), "INSERT", row));
            } else if (data instanceof UpdateRowsEventData update) {
                update.getRows().forEach(row -> add(rows, tables.get(update.getTableId()), "UPDATE", row.getValue()));
            } else if (data instanceof DeleteRowsEventData delete) {
                delete.getRows().forEach(row -> add(rows, tables.get(delete.getTableId()), "DELETE", row));
            }
        });
        client.connect(30_000);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> rows.size() >= count);
            return List.copyOf(rows);
        } finally {
            client.disconnect();
        }
    }

    private static void add(List<String> rows, String table, String op, Serializable[] cells) {
        if (table.isEmpty()) {
            return;
        }
        List<String> texts = new ArrayList<>();
        for (Serializable cell : cells) {
            texts.add(cell instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(cell));
        }
        rows.add(table + " " + op + " " + String.join(",", texts));
    }
}
