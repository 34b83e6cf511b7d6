package dev.sluice.benchmarks.workload;

import dev.sluice.testsupport.servers.DatabaseServer;

/** The table of 20 columns that catch-up and latency are measured with: about 1 kB of JSON a row. */
public final class WideTable {
    /** Its last column, a number that the benchmarks find rows again by. */
    public static final int STAMP = 19;

    public static final String NAME = "t";

    private static final String COLUMNS = """
            id BIGINT NOT NULL PRIMARY KEY,
            c_tiny TINYINT, c_small SMALLINT UNSIGNED, c_int INT, c_big BIGINT UNSIGNED,
            c_dec DECIMAL(18,4), c_dbl DOUBLE,
            c_date DATE, c_dt DATETIME(6), c_ts TIMESTAMP(3) NULL, c_time TIME(3),
            c_char CHAR(16), v_short VARCHAR(32), v_mid VARCHAR(120), v_long VARCHAR(400),
            c_enum ENUM('new','paid','shipped','done'), c_json JSON, c_blob BLOB, c_text TEXT,
            cts BIGINT NOT NULL
            """;

    private WideTable() {}

    /** Makes the table, empty, in a schema of its own. */
    public static void create(DatabaseServer server, String schema) {
        server.execute(
                "DROP DATABASE IF EXISTS " + schema,
                "CREATE DATABASE " + schema + " CHARACTER SET utf8mb4",
                "CREATE TABLE " + schema + "." + NAME + " (" + COLUMNS + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
    }
}
