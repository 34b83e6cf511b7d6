package dev.sluice.benchmarks.wholeway;

import dev.sluice.testsupport.process.ChildProcess;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program sysbench, which comes from the Debian package of that name, and its tables. */
final class Sysbench {
    static final String SCHEMA = "sbtest";

    private static final String USER = "sysbench";
    private static final Path PROGRAM = Path.of("/usr/bin/sysbench");
    private static final int COPIED_AT_ONCE = 500;
    private static final Pattern TRANSACTIONS = Pattern.compile("transactions:\\s+(\\d+)");

    private final DatabaseServer server;
    private final int tables;
    private final int size;

    Sysbench(DatabaseServer server, int tables, int size) {
        this.server = server;
        this.tables = tables;
        this.size = size;
    }

    /** Fails with advice if the program is not there. */
    static void demand() {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("no " + PROGRAM + "; on Debian: apt-get install sysbench");
        }
    }

    /** Makes and fills the tables at the server, and the same ones at another. */
    void prepare(DatabaseServer copy) throws IOException, SQLException {
        // its client library need not know MySQL 8's way to log in
        server.execute(
                "CREATE DATABASE " + SCHEMA,
                "CREATE USER '" + USER + "'@'%' IDENTIFIED WITH mysql_native_password BY '" + server.password() + "'",
                "GRANT ALL ON " + SCHEMA + ".* TO '" + USER + "'@'%'");
        copy.execute("CREATE DATABASE " + SCHEMA);
        sysbench("prepare", Duration.ofMinutes(10));
        for (String table : tables()) {
            copy(table, copy);
        }
    }

    /** Runs the load; how many transactions it made. */
    long run(int threads, Duration time) throws IOException {
        String output = sysbench(
                "run",
                time.plusMinutes(3),
                "--threads=" + threads,
                "--time=" + time.toSeconds(),
                "--mysql-ignore-errors=1213,1020,1205");
        Matcher matcher = TRANSACTIONS.matcher(output);
        if (!matcher.find()) {
            throw new IOException("sysbench did not say how many transactions it made: " + output);
        }
        return Long.parseLong(matcher.group(1));
    }

    List<String> tables() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= tables; i++) {
            names.add(SCHEMA + ".sbtest" + i);
        }
        return names;
    }

    private String sysbench(String command, Duration limit, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "oltp_write_only",
                "--db-driver=mysql",
                "--mysql-host=" + server.host(),
                "--mysql-port=" + server.port(),
                "--mysql-user=" + USER,
                "--mysql-password=" + server.password(),
                "--mysql-db=" + SCHEMA,
                "--tables=" + tables,
                "--table-size=" + size,
                "--rand-seed=1"));
        words.addAll(List.of(more));
        words.add(command);
        Path directory = ChildProcess.temporaryDirectory("sluice-sysbench");
        try {
            return ChildProcess.run(words, Map.of(), directory.resolve("sysbench.log"), limit);
        } finally {
            ChildProcess.deleteDirectory(directory);
        }
    }

    private void copy(String table, DatabaseServer other) throws SQLException {
        try (Connection from = server.connect(SCHEMA);
                Connection to = DriverManager.getConnection(
                        other.jdbcUrl(SCHEMA) + "&rewriteBatchedStatements=true", other.user(), other.password());
                Statement statement = from.createStatement()) {
            try (ResultSet made = statement.executeQuery("SHOW CREATE TABLE " + table);
                    Statement make = to.createStatement()) {
                made.next();
                make.execute(made.getString(2));
            }
            to.setAutoCommit(false);
            try (ResultSet rows = statement.executeQuery("SELECT id, k, c, pad FROM " + table);
                    PreparedStatement insert = to.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
                for (int waiting = 1; rows.next(); waiting++) {
                    for (int column = 1; column <= 4; column++) {
                        insert.setString(column, rows.getString(column));
                    }
                    insert.addBatch();
                    if (waiting % COPIED_AT_ONCE == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            to.commit();
        }
    }
}
