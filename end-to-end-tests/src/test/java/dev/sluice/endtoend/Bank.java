package dev.sluice.endtoend;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Money that only moves: whatever transactions do, the sum over two tables stays the same. The tables have a counter that
 * an update applied twice would show.
 */
final class Bank {
    static final int ACCOUNTS = 3_000;

    private static final int BALANCE = 1_000;

    private Bank() {}

    /** Makes the tables, empty. */
    static void create(DatabaseServer server, String schema) {
        server.execute(
                "CREATE DATABASE " + schema,
                "CREATE TABLE " + schema + ".checking (id INT PRIMARY KEY, balance INT NOT NULL, moves INT NOT NULL)",
                "CREATE TABLE " + schema + ".saving (id INT PRIMARY KEY, owner VARCHAR(20) NOT NULL UNIQUE,"
                        + " balance INT NOT NULL, moves INT NOT NULL)");
    }

    /** Makes a target note each update that does not bring an account forward: one that is late, or comes twice. */
    static void watchOrder(DatabaseServer target, String schema) {
        target.execute(
                "CREATE TABLE " + schema + ".disorder (id INT, was INT, became INT)",
                "CREATE TRIGGER " + schema + ".forward BEFORE UPDATE ON " + schema + ".checking FOR EACH ROW"
                        + " INSERT INTO " + schema + ".disorder SELECT OLD.id, OLD.moves, NEW.moves"
                        + " FROM DUAL WHERE NEW.moves <= OLD.moves");
    }

    /** How many updates were noted. */
    static long disorder(DatabaseServer target, String schema) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + schema + ".disorder")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Opens all accounts in one transaction. */
    static void open(DatabaseServer server, String schema) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO " + schema + ".checking VALUES " + rows(id -> "(" + id + ", " + BALANCE + ", 0)"));
            statement.execute("INSERT INTO " + schema + ".saving VALUES "
                    + rows(id -> "(" + id + ", 'owner " + id + "', " + BALANCE + ", 0)"));
            connection.commit();
        }
    }

    /** What the sum must be. */
    static long total() {
        return 2L * ACCOUNTS * BALANCE;
    }

    /** The sum as one statement sees it; 0 while there are no accounts. */
    static long sum(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COALESCE((SELECT SUM(balance) FROM " + schema
                        + ".checking), 0) + COALESCE((SELECT SUM(balance) FROM " + schema + ".saving), 0)")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Moves money between a few accounts, now and then between all of them. */
    static void transfer(Connection connection, String schema, Random random) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (random.nextInt(100) == 0) {
                statement.execute("UPDATE " + schema + ".checking SET balance = balance - 1, moves = moves + 1");
                statement.execute("UPDATE " + schema + ".saving SET balance = balance + 1, moves = moves + 1");
            } else {
                int amount = random.nextInt(50);
                int from = random.nextInt(ACCOUNTS - 5);
                int to = random.nextInt(ACCOUNTS - 5);
                statement.execute("UPDATE " + schema + ".checking SET balance = balance - " + amount
                        + ", moves = moves + 1 WHERE id BETWEEN " + from + " AND " + (from + 4));
                statement.execute("UPDATE " + schema + ".saving SET balance = balance + " + amount
                        + ", moves = moves + 1 WHERE id BETWEEN " + to + " AND " + (to + 4));
            }
            connection.commit();
        }
    }

    private static String rows(java.util.function.IntFunction<String> row) {
        return IntStream.range(0, ACCOUNTS).mapToObj(row).collect(Collectors.joining(","));
    }
}
