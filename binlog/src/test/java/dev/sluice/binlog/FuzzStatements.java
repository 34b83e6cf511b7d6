package dev.sluice.binlog;

import java.util.ArrayList;
import java.util.List;

/** Statements that make a server write events of every kind it knows. */
final class FuzzStatements {
    private FuzzStatements() {}

    static List<String> of(TestSource source, String schema) {
        List<String> all = new ArrayList<>(List.of(
                "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(300) CHARACTER SET utf16, n BIGINT"
                        + " UNSIGNED, d DECIMAL(30,9), f DOUBLE, b BLOB, dt DATETIME(6), ti TIME(3), ts TIMESTAMP(1) NULL,"
                        + " y YEAR, bi BIT(33), e ENUM('a','b'), s SET('x','y','z'), c CHAR(9) CHARACTER SET sjis, g"
                        + " GEOMETRY, x BINARY(7), i INT UNSIGNED)",
                "SET SESSION sql_mode=''",
                "INSERT INTO t VALUES (1,'text \u20ac',18446744073709551615,-1.5,1e-300,x'00ff','2024-02-29"
                        + " 1:2:3.456789','-838:59:59.999','2024-01-01',2155,b'1',1,7,'\u65e5',ST_GeomFromText('POINT(1"
                        + " 2)'),x'01',4294967295),"
                        + "(2,NULL,NULL,NULL,NULL,NULL,'0000-00-00',NULL,NULL,0,NULL,0,0,'',NULL,NULL,NULL)",
                "UPDATE t SET v='other', n=n-1, b=REPEAT(x'41', 600) WHERE id=1",
                "DELETE FROM t WHERE id=2",
                "BEGIN",
                "INSERT INTO t (id, v) VALUES (3,'a'),(4,'b'),(5,REPEAT('c', 200))",
                "SAVEPOINT a",
                "UPDATE t SET e='b', s=3 WHERE id > 2",
                "COMMIT",
                "ALTER TABLE t ADD COLUMN added INT",
                "TRUNCATE TABLE t",
                "INSERT INTO t (v) VALUES ('a'),('b'),('c'),('d'),('e'),('f'),('g'),('h')",
                "UPDATE t SET v=CONCAT(v, id), added=7",
                "XA START '" + schema + "'",
                "UPDATE t SET y=2000 WHERE id=1",
                "XA END '" + schema + "'",
                "XA PREPARE '" + schema + "'"));
        if (source.isMariaDb()) {
            all.addAll(mariaDb(schema));
        } else {
            all.addAll(mySql(source, schema));
        }
        all.add("INSERT INTO t (v) VALUES ('last')");
        return all;
    }

    private static List<String> mariaDb(String schema) {
        return List.of(
                "XA COMMIT '" + schema + "'",
                "CREATE TABLE z (id INT PRIMARY KEY, t TEXT COMPRESSED, b BLOB COMPRESSED, u UUID, n INET6)",
                "SET GLOBAL log_bin_compress=ON",
                "SET GLOBAL log_bin_compress_min_len=10",
                "INSERT INTO z VALUES (1, REPEAT('abc', 500), REPEAT(x'ff00', 300), UUID(), '::1')",
                "UPDATE z SET t='x'",
                "DELETE FROM z",
                "CREATE TABLE w (id INT) COMMENT '" + "x".repeat(300) + "'",
                "SET GLOBAL log_bin_compress=OFF",
                "SET SESSION binlog_alter_two_phase=ON",
                "ALTER TABLE w ADD COLUMN b INT",
                "SET SESSION gtid_domain_id=7",
                "BEGIN",
                "INSERT INTO t (v) VALUES ('x')",
                "CREATE TEMPORARY TABLE tt (x INT)",
                "SAVEPOINT s",
                "INSERT INTO t (v) VALUES ('y')",
                "ROLLBACK TO s",
                "INSERT INTO t (v) VALUES ('z')",
                "COMMIT",
                "BEGIN",
                "INSERT INTO t (v) VALUES ('y')",
                "ROLLBACK",
                "SET SESSION gtid_domain_id=0");
    }

    private static List<String> mySql(TestSource source, String schema) {
        List<String> all = new ArrayList<>(List.of(
                "XA COMMIT '" + schema + "'",
                "CREATE TABLE j (id INT PRIMARY KEY, d JSON, k JSON)",
                "SET SESSION binlog_rows_query_log_events=ON, binlog_row_value_options=PARTIAL_JSON",
                "INSERT INTO j VALUES (1, '{\"a\":[1,2.5,\"x\",null,true],\"b\":{\"c\":\"ddddddddddddddddddddddd\"}}',"
                        + " '[]'),(2, JSON_ARRAY(CAST(DATE'2024-05-06' AS JSON), 1.25, x'cafe'), NULL),(3, CONCAT('[',"
                        + " REPEAT('1,', 300), '70000]'), NULL)",
                "UPDATE j SET d=JSON_SET(d, '$.b.c', 'e', '$.a[1]', 7), k=JSON_ARRAY_APPEND(k, '$', 1) WHERE id=1",
                "UPDATE j SET d=JSON_REMOVE(d, '$[0]') WHERE id=2",
                "SET SESSION binlog_row_value_options='', binlog_row_image=MINIMAL",
                "UPDATE j SET k='{}' WHERE id=3",
                "DELETE FROM j WHERE id=2",
                "SET SESSION binlog_row_image=FULL"));
        if (source == TestSource.MYSQL_9_7) {
            all.addAll(List.of(
                    "SET SESSION binlog_transaction_compression=ON",
                    "INSERT INTO j VALUES (9, CONCAT('{\"z\":\"', REPEAT('z', 3000), '\"}'), '1')",
                    "UPDATE t SET v=REPEAT('w', 200)",
                    "SET SESSION binlog_transaction_compression=OFF",
                    "SET gtid_next='AUTOMATIC:fuzz_tag'",
                    "INSERT INTO j VALUES (11, 'null', '1')",
                    "SET gtid_next='AUTOMATIC'",
                    "CREATE TABLE vec (id INT PRIMARY KEY, v VECTOR(3))",
                    "INSERT INTO vec VALUES (1, STRING_TO_VECTOR('[1,2,3]'))"));
        }
        return all;
    }
}
