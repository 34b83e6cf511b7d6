package dev.sluice.demo.shop;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Customers who order, pay, change their minds and move house: a few threads of seeded random transactions on the source.
 * It goes on through a restart of the source.
 */
public final class ShopLoad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShopLoad.class);
    private static final String[] CITIES = {"Zürich", "København", "上海", "Łódź", "São Paulo", "Springfield 🍩"};
    private static final String[] STATUSES = {"new", "paid", "shipped", "done"};
    private static final int PRODUCTS = 200;

    private final DatabaseServer source;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean running = true;

    /**
     * Starts the load.
     *
     * @param perSecond transactions a second over all threads; 0 for as many as go
     */
    public ShopLoad(DatabaseServer source, long seed, int threadCount, int perSecond) {
        this.source = source;
        for (int i = 0; i < threadCount; i++) {
            Random random = new Random(seed + i);
            long pause = perSecond == 0 ? 0 : Duration.ofSeconds(threadCount).toNanos() / perSecond;
            Thread thread = new Thread(() -> run(random, pause), "shop-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    public long transactions() {
        return transactions.get();
    }

    /** Stops after the transactions under way; returns when all have ended. */
    @Override
    public void close() {
        running = false;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Random random, long pauseNanos) {
        while (running) {
            try (Connection connection = source.connect(ShopSchema.SCHEMA)) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    stock(statement, random);
                    connection.commit();
                    long due = System.nanoTime();
                    while (running) {
                        transaction(statement, random);
                        connection.commit();
                        transactions.incrementAndGet();
                        due += pauseNanos;
                        LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
                    }
                }
            } catch (SQLException e) {
                // a deadlock between two of our threads, or the source is being restarted
                LOG.debug("shop transaction failed, going on: {}", e.getMessage());
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static void stock(Statement statement, Random random) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT IGNORE INTO products VALUES ");
        for (int id = 1; id <= PRODUCTS; id++) {
            sql.append(id == 1 ? "" : ",")
                    .append("(%d,'Product %d',%d.%02d,1000,x'%016x')"
                            .formatted(id, id, random.nextInt(500), random.nextInt(100), random.nextLong()));
        }
        statement.executeUpdate(sql.toString());
    }

    private static void transaction(Statement statement, Random random) throws SQLException {
        int what = random.nextInt(100);
        if (what < 12) {
            register(statement, random);
        } else if (what < 50) {
            order(statement, random);
        } else if (what < 80) {
            progress(statement, random);
        } else if (what < 86) {
            move(statement, random);
        } else if (what < 92) {
            renumber(statement, random);
        } else {
            cancel(statement, random);
        }
    }

    private static void register(Statement statement, Random random) throws SQLException {
        statement.executeUpdate(
                "INSERT INTO customers (email, name, city) VALUES ('c%d@example.org','Customer \\'%d\\'','%s')"
                        .formatted(random.nextLong(Long.MAX_VALUE), random.nextInt(1000), city(random)));
    }

    private static void order(Statement statement, Random random) throws SQLException {
        statement.executeUpdate(
                """
                INSERT INTO orders (customer_id, status, total, version, placed, note, details)
                VALUES (%d,'new',%d.%02d,1,NOW(6),%s,'{"gift": %b, "tags": ["%s", "x\\\\"y"], "weight": %s}')""".formatted(
                                1 + random.nextInt(1000),
                                random.nextInt(900),
                                random.nextInt(100),
                                random.nextBoolean() ? "NULL" : "'leave at \"door\" — " + random.nextInt(99) + "'",
                                random.nextBoolean(),
                                city(random),
                                random.nextInt(1000) / 8.0),
                Statement.RETURN_GENERATED_KEYS);
        long id;
        try (var keys = statement.getGeneratedKeys()) {
            keys.next();
            id = keys.getLong(1);
        }
        StringBuilder items = new StringBuilder("INSERT INTO order_items VALUES ");
        int lines = 1 + random.nextInt(5);
        for (int line = 1; line <= lines; line++) {
            items.append(line == 1 ? "" : ",")
                    .append("(%d,%d,%d,%d,9.90)"
                            .formatted(id, line, 1 + random.nextInt(PRODUCTS), 1 + random.nextInt(9)));
        }
        statement.executeUpdate(items.toString());
        statement.executeUpdate("INSERT INTO audit_log VALUES (NOW(6),'shop','order %d placed')".formatted(id));
    }

    private static void progress(Statement statement, Random random) throws SQLException {
        statement.executeUpdate("""
                UPDATE orders SET status='%s', version=version+1, total=total+%d.5
                WHERE id BETWEEN (SELECT m FROM (SELECT COALESCE(MAX(id),1) - %d AS m FROM orders) AS last) AND
                                 (SELECT m FROM (SELECT COALESCE(MAX(id),1) - %d AS m FROM orders) AS last)""".formatted(
                        STATUSES[random.nextInt(STATUSES.length)],
                        random.nextInt(5),
                        random.nextInt(40) + 3,
                        random.nextInt(3)));
        statement.executeUpdate(
                "UPDATE products SET stock=stock-1 WHERE id=%d".formatted(1 + random.nextInt(PRODUCTS)));
    }

    private static void move(Statement statement, Random random) throws SQLException {
        statement.executeUpdate(
                "UPDATE customers SET city='%s', email=CONCAT('m', %d, '@example.org') ORDER BY id DESC LIMIT 1"
                        .formatted(city(random), random.nextLong(Long.MAX_VALUE)));
    }

    private static void renumber(Statement statement, Random random) throws SQLException {
        statement.executeUpdate("UPDATE order_items SET line=line+100 ORDER BY order_id DESC, line DESC LIMIT %d"
                .formatted(1 + random.nextInt(4)));
    }

    private static void cancel(Statement statement, Random random) throws SQLException {
        long id;
        try (var row =
                statement.executeQuery("SELECT id FROM orders ORDER BY id DESC LIMIT 1 OFFSET " + random.nextInt(50))) {
            if (!row.next()) {
                return;
            }
            id = row.getLong(1);
        }
        statement.executeUpdate("DELETE FROM order_items WHERE order_id=" + id);
        statement.executeUpdate("DELETE FROM orders WHERE id=" + id);
        statement.executeUpdate("INSERT INTO audit_log VALUES (NOW(6),'shop','order %d cancelled')".formatted(id));
    }

    private static String city(Random random) {
        return CITIES[random.nextInt(CITIES.length)];
    }
}
