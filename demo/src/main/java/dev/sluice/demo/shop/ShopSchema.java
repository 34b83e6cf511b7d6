package dev.sluice.demo.shop;

import dev.sluice.testsupport.servers.DatabaseServer;
import java.util.List;

/**
 * The shop's tables: a plain key, a further unique key, a composite key whose values change, JSON, and a table without
 * any key, in which a row applied twice shows.
 */
public final class ShopSchema {
    public static final String SCHEMA = "shop";

    public static final List<String> TABLES = List.of("customers", "products", "orders", "order_items", "audit_log");

    private static final String[] DDL = {
        "CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4", """
        CREATE TABLE IF NOT EXISTS shop.customers (
          id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, email VARCHAR(120) NOT NULL, name VARCHAR(80) NOT NULL,
          city VARCHAR(60), created TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), UNIQUE KEY email (email))""", """
        CREATE TABLE IF NOT EXISTS shop.products (
          id INT UNSIGNED PRIMARY KEY, name VARCHAR(80) NOT NULL, price DECIMAL(10,2) NOT NULL, stock INT NOT NULL,
          photo VARBINARY(64))""", """
        CREATE TABLE IF NOT EXISTS shop.orders (
          id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, customer_id BIGINT UNSIGNED NOT NULL,
          status ENUM('new','paid','shipped','done') NOT NULL, total DECIMAL(12,2) NOT NULL, version BIGINT NOT NULL,
          placed DATETIME(6) NOT NULL, note VARCHAR(200), details JSON)""", """
        CREATE TABLE IF NOT EXISTS shop.order_items (
          order_id BIGINT UNSIGNED NOT NULL, line INT NOT NULL, product_id INT UNSIGNED NOT NULL, quantity INT NOT NULL,
          price DECIMAL(10,2) NOT NULL, PRIMARY KEY (order_id, line))""", """
        CREATE TABLE IF NOT EXISTS shop.audit_log (at DATETIME(6) NOT NULL, actor VARCHAR(40) NOT NULL, what TEXT NOT NULL)"""
    };

    private ShopSchema() {}

    /** Makes the tables where they are missing. */
    public static void create(DatabaseServer server) {
        server.execute(DDL);
    }
}
