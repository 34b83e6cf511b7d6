package dev.sluice.benchmarks.wholeway;

import dev.sluice.testsupport.check.TableComparison;
import dev.sluice.testsupport.servers.RedisConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Counts what is missing, too many or different at a target when a run is over. */
final class Comparison {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Comparison() {}

    /** Rows of a table that are not the same in source and target, every column compared. */
    static long wrongRows(Rig rig, String table) throws SQLException {
        try (Connection source = rig.source().connect();
                Connection target = rig.target().connect()) {
            TableComparison.Result result = TableComparison.compare(source, table, target, table);
            if (!result.isEqual()) {
                System.err.println(table + ": " + result);
            }
            return result.missing() + result.extra() + result.different();
        }
    }

    /** Cache entries of a {@code WideTable} that are missing, too many, or differ in a column that updates change. */
    static long wrongEntries(Rig rig, String schema) throws SQLException, IOException {
        long wrong = 0;
        long rows = 0;
        try (RedisConnection redis = rig.stack().redis().connect();
                Connection source = rig.source().connect(schema);
                Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, c_int, v_mid, v_long, c_dec, cts FROM t")) {
            while (row.next()) {
                rows++;
                Object text = redis.command("GET", schema + ":" + row.getLong(1));
                JsonNode entry = text == null ? JSON.missingNode() : JSON.readTree(text.toString());
                boolean same = entry.path("c_int").asLong() == row.getLong(2)
                        && entry.path("v_mid").asString("").equals(row.getString(3))
                        && entry.path("v_long").asString("").equals(row.getString(4))
                        && entry.path("c_dec").asString("").equals(row.getString(5))
                        && entry.path("cts").asLong() == row.getLong(6);
                wrong += same ? 0 : 1;
            }
            Object keys = redis.command("DBSIZE");
            long entries = (keys instanceof Long size ? size : 0) - Way.PARTITIONS;
            return wrong + Math.max(0, entries - rows);
        }
    }
}
