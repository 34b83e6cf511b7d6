package dev.sluice.benchmarks.workload;

import dev.sluice.binlog.FilePosition;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * A stretch of binlog written beforehand: row events on {@link WideTable}, half inserts, 35 % updates, 15 % deletes, in
 * transactions of 1 to 20 rows.
 *
 * @param from where it begins
 * @param to where it ends
 */
public record Backlog(FilePosition from, FilePosition to, long rows, long transactions) {
    private static final int LARGEST = 20;
    /** Below so many rows there is nothing to change, so rows are inserted. */
    private static final int ENOUGH = 2 * LARGEST;

    /** Writes it into {@code schema.t}, which must be empty. */
    public static Backlog write(DatabaseServer server, String schema, int rows, long seed) throws SQLException {
        FilePosition from = end(server);
        Writer writer = new Writer(schema + "." + WideTable.NAME, rows, seed);
        long transactions = 0;
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl("") + "&allowMultiQueries=true", server.user(), server.password());
                Statement statement = connection.createStatement()) {
            for (int written = 0; written < rows; transactions++) {
                int size = Math.min(1 + writer.random.nextInt(LARGEST), rows - written);
                statement.execute(writer.transaction(size));
                while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                    // an error in a later statement shows up here
                }
                written += size;
            }
        }
        return new Backlog(from, end(server), rows, transactions);
    }

    /** Where a server's binlog ends now. */
    public static FilePosition end(DatabaseServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
            if (!row.next()) {
                throw new SQLException("the server writes no binlog");
            }
            return new FilePosition(row.getString(1), row.getLong(2));
        }
    }

    private static final class Writer {
        private final String table;
        private final RowText text;
        private final Random random;
        private final StringBuilder sql = new StringBuilder(1 << 16);
        private long[] alive;
        private int count;
        private long lastId;
        private long stamp;

        Writer(String table, int rows, long seed) {
            this.table = table;
            text = new RowText(seed);
            random = text.random();
            alive = new long[Math.max(16, rows)];
        }

        String transaction(int size) {
            int inserts = 0;
            int updates = 0;
            for (int i = 0; i < size; i++) {
                double share = random.nextDouble();
                if (share < 0.5 || count < ENOUGH) {
                    inserts++;
                } else if (share < 0.85) {
                    updates++;
                }
            }
            stamp++;
            sql.setLength(0);
            sql.append("BEGIN;");
            Set<Long> touched = new HashSet<>();
            update(updates, touched);
            delete(size - inserts - updates, touched);
            insert(inserts);
            return sql.append("COMMIT").toString();
        }

        /** Half the transactions change their rows by one statement, the others row by row. */
        private void update(int rows, Set<Long> touched) {
            boolean together = random.nextBoolean();
            for (int i = 0; i < rows; i++) {
                long id;
                do {
                    id = alive[random.nextInt(count)];
                } while (!touched.add(id));
                if (i == 0 || !together) {
                    sql.append("UPDATE ").append(table).append(" SET ");
                    text.assignments(sql, stamp);
                    sql.append(" WHERE id IN (");
                }
                sql.append(id).append(together && i < rows - 1 ? "," : ");");
            }
        }

        private void delete(int rows, Set<Long> touched) {
            for (int i = 0; i < rows; i++) {
                int place;
                do {
                    place = random.nextInt(count);
                } while (!touched.add(alive[place]));
                sql.append(i == 0 ? "DELETE FROM " + table + " WHERE id IN (" : ",")
                        .append(alive[place]);
                alive[place] = alive[--count];
            }
            sql.append(rows > 0 ? ");" : "");
        }

        private void insert(int rows) {
            for (int i = 0; i < rows; i++) {
                sql.append(i == 0 ? "INSERT INTO " + table + " VALUES " : ",");
                text.values(sql, ++lastId, stamp);
                if (count == alive.length) {
                    alive = Arrays.copyOf(alive, count * 2);
                }
                alive[count++] = lastId;
            }
            sql.append(rows > 0 ? ";" : "");
        }
    }
}
