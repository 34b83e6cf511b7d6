package dev.sluice.binlog;

import dev.sluice.binlog.TypeMatrix.Column;
import dev.sluice.binlog.TypeMatrix.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One column of each type that a source has: bounds first, then random values. Long because the list is the test. */
final class TypeColumns {
    private final Random random;
    private final TypeMatrix.Server server;
    private final int rows;
    private final List<Column> columns = new ArrayList<>();

    TypeColumns(Random random, TypeMatrix.Server server, int rows) {
        this.random = random;
        this.server = server;
        this.rows = rows;
    }

    List<Column> columns() {
        integer("tinyint", 8);
        integer("smallint", 16);
        add(
                "year",
                Kind.NUMBER,
                "CAST(? AS UNSIGNED)",
                List.of("0", "1901", "2155", "2024"),
                () -> String.valueOf(1901 + random.nextInt(255)));
        integer("mediumint", 24);
        integer("int", 32);
        integer("bigint", 64);
        decimal(1, 0);
        decimal(5, 5);
        decimal(9, 0);
        decimal(10, 2);
        decimal(18, 4);
        decimal(19, 9);
        decimal(38, 20);
        decimal(65, 30);
        decimal(65, 0);
        add(
                "decimal(12,3) unsigned",
                Kind.TEXT,
                "CAST(? AS CHAR)",
                List.of("0", "999999999.999"),
                () -> random.nextInt(1_000_000) + "." + random.nextInt(1000));
        floats();
        for (int bits : new int[] {1, 7, 8, 9, 33, 63, 64}) {
            long mask = bits == 64 ? -1 : (1L << bits) - 1;
            add(
                    "bit(" + bits + ")",
                    Kind.NUMBER,
                    "CAST(? AS UNSIGNED)",
                    List.of("0", "1", unsigned(mask)),
                    () -> unsigned(random.nextLong() & mask));
        }
        temporals();
        enums();
        texts();
        bytes();
        geometry();
        if (server.json() == TypeMatrix.Json.NONE) {
            onlyMariaDb();
        } else {
            json();
        }
        if (server.vectors()) {
            add(
                    "vector(5)",
                    Kind.BYTES,
                    "UNHEX(HEX(?))",
                    List.of("STRING_TO_VECTOR('[0]')", "STRING_TO_VECTOR('[1,-2.5,3e37,-1e-30,0.1]')"),
                    () -> "STRING_TO_VECTOR('[" + random.nextInt(1000) + "," + random.nextFloat() + "]')");
        }
        return columns;
    }

    private interface Literal {
        String next();
    }

    private void add(String type, Kind kind, String select, List<String> bounds, Literal literal) {
        List<String> literals = new ArrayList<>(bounds);
        literals.add("NULL");
        while (literals.size() < rows) {
            literals.add(random.nextInt(20) == 0 ? "NULL" : literal.next());
        }
        columns.add(new Column("", type, "", kind, select, literals));
    }

    private static String unsigned(long value) {
        return Long.toUnsignedString(value);
    }

    private void integer(String type, int bits) {
        long max = bits == 64 ? Long.MAX_VALUE : (1L << bits - 1) - 1;
        long mask = bits == 64 ? -1 : (1L << bits) - 1;
        add(type, Kind.NUMBER, "CAST(? AS CHAR)", List.of("0", "-1", "" + max, "" + (-max - 1)), () -> {
            long value = random.nextLong() >> random.nextInt(64);
            return String.valueOf(value << 64 - bits >> 64 - bits);
        });
        add(
                type + " unsigned",
                Kind.NUMBER,
                "CAST(? AS CHAR)",
                List.of("0", "1", unsigned(mask)),
                () -> unsigned(random.nextLong() >>> random.nextInt(64) & mask));
    }

    private void decimal(int precision, int scale) {
        String nines = "9".repeat(precision - scale) + "." + "9".repeat(scale);
        String smallest = scale == 0 ? "1" : "0." + "0".repeat(scale - 1) + "1";
        add(
                "decimal(" + precision + "," + scale + ")",
                Kind.TEXT,
                "CAST(? AS CHAR)",
                List.of("0", nines, "-" + nines, smallest, "-" + smallest),
                () -> {
                    int whole = precision > scale ? random.nextInt(precision - scale + 1) : 0;
                    return (random.nextBoolean() ? "-" : "") + digits(whole) + "." + digits(random.nextInt(scale + 1));
                });
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder(count == 0 ? "0" : "");
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private void floats() {
        add(
                "float",
                Kind.FLOAT,
                "?",
                List.of("0", "1", "-1.5", "3.402823e38", "1.17549435e-38", "1e-45", "16777216", "0.1", "123456.7"),
                () -> Float.toString(randomFloat()));
        add(
                "double",
                Kind.DOUBLE,
                "?",
                List.of(
                        "0",
                        "1",
                        "-1.5",
                        "1.7976931348623157e308",
                        "2.2250738585072014e-308",
                        "4.9e-324",
                        "0.1",
                        "9007199254740993",
                        "1e15",
                        "123456789012345680",
                        "1e-5",
                        "1e22",
                        "2e-3",
                        "1e23"),
                () -> Double.toString(randomDouble()));
    }

    private float randomFloat() {
        float value = random.nextBoolean() ? Float.intBitsToFloat(random.nextInt()) : random.nextInt(100_000) / 100f;
        return Float.isFinite(value) ? value : 1.25f;
    }

    private double randomDouble() {
        double value =
                random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(100_000_000) / 1000d;
        return Double.isFinite(value) ? value : 1.25;
    }

    private void temporals() {
        add(
                "date",
                Kind.TEXT,
                "CAST(? AS CHAR)",
                List.of("'0000-00-00'", "'1000-01-01'", "'9999-12-31'", "'2024-02-29'", "'2024-00-00'"),
                () -> "'" + randomDate() + "'");
        for (int fsp = 0; fsp <= 6; fsp++) {
            int digits = fsp;
            String precision = fsp == 0 ? "" : "(" + fsp + ")";
            String nines = fsp == 0 ? "" : "." + "9".repeat(fsp);
            add(
                    "time" + precision,
                    Kind.TEXT,
                    "CAST(? AS CHAR)",
                    List.of(
                            "'00:00:00'",
                            "'838:59:59'",
                            "'-838:59:59'",
                            "'-00:00:01'",
                            "'23:59:59" + nines + "'",
                            "'-00:00:00" + nines + "'"),
                    () -> "'" + (random.nextBoolean() ? "-" : "") + random.nextInt(838) + ":" + clock(digits) + "'");
            add(
                    "datetime" + precision,
                    Kind.TEXT,
                    "CAST(? AS CHAR)",
                    List.of(
                            "'0000-00-00 00:00:00'",
                            "'1000-01-01 00:00:00'",
                            "'9999-12-31 23:59:59'",
                            "'2024-02-29 23:59:59" + nines + "'"),
                    () -> "'" + randomDate() + " " + random.nextInt(24) + ":" + clock(digits) + "'");
            add(
                    "timestamp" + precision,
                    Kind.TEXT,
                    "CAST(? AS CHAR)",
                    List.of(
                            "'0000-00-00 00:00:00'",
                            "'1970-01-01 00:00:01'",
                            "'2038-01-19 03:14:07'",
                            "'2024-02-29 23:59:59" + nines + "'",
                            "'2000-02-29 00:00:00'",
                            "'2024-12-31 12:00:00'"),
                    () -> "'" + (1971 + random.nextInt(66)) + randomDate().substring(4) + " " + random.nextInt(24) + ":"
                            + clock(digits) + "'");
        }
    }

    private String randomDate() {
        return "%04d-%02d-%02d".formatted(1000 + random.nextInt(9000), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String clock(int fsp) {
        String time = "%02d:%02d".formatted(random.nextInt(60), random.nextInt(60));
        return fsp == 0 ? time : time + "." + digits(fsp);
    }

    private void enums() {
        String select = "IF(?+0 = 0, '(0)', CONVERT(? USING utf8mb4))";
        add(
                "enum('a','b''c','\u00fc','d\"e','x\\\\y') character set utf8mb4",
                Kind.ENUM,
                select,
                List.of("0", "1", "5"),
                () -> String.valueOf(random.nextInt(6)));
        add(
                "enum('\u00e4','\u20ac') character set latin1",
                Kind.ENUM,
                select,
                List.of("0", "1", "2"),
                () -> String.valueOf(1 + random.nextInt(2)));
        StringBuilder many = new StringBuilder("enum(");
        for (int i = 1; i <= 300; i++) {
            many.append(i == 1 ? "'v" : ",'v").append(i).append('\'');
        }
        add(
                many.append(") character set ascii").toString(),
                Kind.ENUM,
                select,
                List.of("1", "256", "300"),
                () -> String.valueOf(1 + random.nextInt(300)));
        for (int members : new int[] {1, 8, 9, 17, 33, 64}) {
            StringBuilder set = new StringBuilder("set(");
            for (int i = 1; i <= members; i++) {
                set.append(i == 1 ? "'m" : ",'m").append(i).append('\'');
            }
            long mask = members == 64 ? -1 : (1L << members) - 1;
            add(
                    set.append(") character set utf8mb4").toString(),
                    Kind.TEXT,
                    "CONVERT(? USING utf8mb4)",
                    List.of("0", "1", unsigned(mask)),
                    () -> unsigned(random.nextLong() & mask));
        }
        add(
                "set('\u00e4','\u00f6','q\"') character set latin1",
                Kind.TEXT,
                "CONVERT(? USING utf8mb4)",
                List.of("0", "7"),
                () -> String.valueOf(random.nextInt(8)));
    }

    private void texts() {
        String[] charsets = {"utf8mb4", "latin1", "ascii", "ucs2", "utf16", "utf32", "gbk", "sjis", "cp1251", "big5"};
        for (String charset : charsets) {
            String alphabet =
                    switch (charset) {
                        case "utf8mb4", "utf16", "utf32" -> "ab \"\\/\n\t\u0001\u00e9\u20ac\u4e2d\ud83d\ude00";
                        case "ucs2" -> "ab \"\\\n\u0002\u00e9\u20ac\u4e2d";
                        case "latin1" -> "ab \"\\\n\u0003\u00e9\u20ac\u0081\u009d\u00ff";
                        case "gbk", "sjis", "big5" -> "ab \"\\\n\u4e2d\u65e5\u672c";
                        case "cp1251" -> "ab \"\\\u0416\u0451";
                        default -> "ab \"\\/\n\t\u0001\u001f";
                    };
            List<String> bounds = List.of("''", "'a'", text(alphabet, 20));
            for (String type : new String[] {"char(20)", "varchar(20)", "varchar(300)", "text"}) {
                add(
                        type + " character set " + charset,
                        Kind.TEXT,
                        "CONVERT(? USING utf8mb4)",
                        bounds,
                        () -> text(alphabet, random.nextInt(20)));
            }
        }
        for (String charset : new String[] {
            "utf8mb3", "cp932", "ujis", "eucjpms", "euckr", "gb2312", "utf16le", "cp1250", "koi8r", "latin2", "tis620"
        }) {
            String alphabet =
                    switch (charset) {
                        case "utf8mb3" -> "ab \"\\\n\u00e9\u20ac\u4e2d\ud7ff\uffe6";
                        case "utf16le" -> "ab \"\\\u00e9\u20ac\ud83d\ude00";
                        case "cp932", "ujis", "eucjpms" -> "ab \"\\\u65e5\u672c\u30a2\uff71";
                        case "euckr" -> "ab \"\\\uac00\ud55c";
                        case "gb2312" -> "ab \"\\\u4e2d\u65e5";
                        case "cp1250", "latin2" -> "ab \"\\\u0104\u0159";
                        case "koi8r" -> "ab \"\\\u0416\u0451";
                        default -> "ab \"\\\u0e01\u0e3f";
                    };
            for (String type : new String[] {"char(7)", "varchar(20)", "text"}) {
                add(
                        type + " character set " + charset,
                        Kind.TEXT,
                        "CONVERT(? USING utf8mb4)",
                        List.of("''", text(alphabet, 7)),
                        () -> text(alphabet, random.nextInt(8)));
            }
        }
        add(
                "char(90) character set utf8mb4",
                Kind.TEXT,
                "?",
                List.of("''"),
                () -> text("abc\u4e2d", random.nextInt(90)));
        for (String type : new String[] {"tinytext", "mediumtext", "longtext"}) {
            add(
                    type + " character set utf8mb4",
                    Kind.TEXT,
                    "?",
                    List.of("''"),
                    () -> text("abcdefghijklmno\"\\\n\u00e9", random.nextInt(60)));
        }
    }

    /** A literal that no quoting can spoil. */
    private String text(String alphabet, int length) {
        int[] codePoints = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        String hex = hex(text.toString().strip().getBytes(StandardCharsets.UTF_8));
        return hex.isEmpty() ? "''" : "CONVERT(0x" + hex + " USING utf8mb4)";
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append("%02x".formatted(b));
        }
        return hex.toString();
    }

    private void bytes() {
        for (String type : new String[] {
            "binary(1)",
            "binary(5)",
            "binary(255)",
            "char(5) character set binary",
            "varchar(5) character set binary",
            "varbinary(10)",
            "varbinary(300)",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob"
        }) {
            int max = type.startsWith("binary(1)") ? 1 : 5;
            add(type, Kind.BYTES, "?", List.of("''", "0x00", "0xff"), () -> {
                byte[] bytes = new byte[1 + random.nextInt(max)];
                random.nextBytes(bytes);
                return "0x" + hex(bytes);
            });
        }
    }

    private void json() {
        List<String> values = new ArrayList<>(List.of(
                "'null'",
                "'true'",
                "'{}'",
                "'[]'",
                "'\"\"'",
                "'1'",
                "'-1'",
                "'65536'",
                "'4294967296'",
                "'18446744073709551615'",
                "'1.5'",
                "'1e100'",
                "'1e15'",
                "'123456789012345678.5'",
                "'1e-7'",
                "CAST(CAST('1.50' AS DECIMAL(10,2)) AS JSON)",
                "CAST(CAST('-99999.00001' AS DECIMAL(30,15)) AS JSON)",
                "CAST(DATE'2024-05-06' AS JSON)",
                "CAST(TIME'-12:34:56.789' AS JSON)",
                "CAST(TIMESTAMP'2024-05-06 01:02:03.5' AS JSON)",
                "CAST(x'cafe00' AS JSON)",
                "CONCAT('[', REPEAT('1,', 30000), '2]')",
                "CONCAT('{\"big\":\"', REPEAT('x', 70000), '\",\"n\":[1,70000,-70000,{\"a\":null}]}')",
                "'{\"q\":\"\\\\\"\\\\\\\\ \\\\n\\\\u0001\\\\u00e9\\\\/\"}'",
                "'[[[[[[1]]]]], {\"a\": {\"b\": []}}]'",
                "JSON_ARRAY(TRUE, FALSE, NULL, CAST('-838:59:59.999999' AS TIME(6)), TIME'00:00:00')",
                "JSON_ARRAY(CAST('0000-00-00' AS DATE), CAST('9999-12-31 23:59:59.999999' AS DATETIME(6)))",
                "JSON_ARRAY(CAST('-" + "9".repeat(35) + "." + "9".repeat(30) + "' AS DECIMAL(65,30)), 0.0)",
                "JSON_ARRAY(CAST('a' AS BINARY(3)), CURRENT_TIMESTAMP(3))",
                "CAST(CONCAT(REPEAT('[', 100), REPEAT(']', 100)) AS JSON)",
                "JSON_OBJECT('-1', -1, 'i', -32769, 'l', -2147483649, 'u', 4294967296)"));
        if (server.json() == TypeMatrix.Json.AS_SINCE_8_0) {
            values.addAll(List.of(
                    "'-0.0'",
                    "JSON_OBJECT('b', x'00ff', 'k', REPEAT(x'41',100))",
                    "JSON_OBJECT('e', CAST(3 AS UNSIGNED), 'f', 2.50, 'g', 1e0)",
                    "JSON_ARRAY(b'101', POINT(1,2))",
                    "JSON_OBJECT('', x'', 'a', REPEAT(x'00', 300), 'b', REPEAT(x'ff', 70000))"));
        }
        add("json", Kind.TEXT, "CAST(? AS CHAR CHARACTER SET utf8mb4)", values, () -> "'" + randomJson(0) + "'");
    }

    private String randomJson(int depth) {
        int kind = random.nextInt(depth > 3 ? 5 : 8);
        return switch (kind) {
            case 0 -> String.valueOf(random.nextLong() >> random.nextInt(64));
            case 1 ->
                Double.toString(
                        server.json() == TypeMatrix.Json.AS_SINCE_8_0
                                ? randomDouble()
                                : random.nextInt() / 8.0 + 0.0625);
            case 2 -> random.nextBoolean() ? "true" : "null";
            case 3, 4 -> "\"" + "k\u00e9\u4e2d".repeat(random.nextInt(4)) + random.nextInt(99) + "\"";
            case 5, 6 -> {
                List<String> members = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.add("\"" + "x".repeat(random.nextInt(6)) + i + "\":" + randomJson(depth + 1));
                }
                yield "{" + String.join(",", members) + "}";
            }
            default -> {
                List<String> members = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.add(randomJson(depth + 1));
                }
                yield "[" + String.join(",", members) + "]";
            }
        };
    }

    private void geometry() {
        String[] shapes = {
            "LINESTRING(0 0,1 1,2 2)",
            "POLYGON((0 0,0 3,3 3,3 0,0 0))",
            "MULTIPOINT(1 2,3 4)",
            "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
            "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))"
        };
        List<String> bounds = new ArrayList<>();
        for (String shape : shapes) {
            bounds.add("ST_GeomFromText('" + shape + "')");
            bounds.add("ST_GeomFromText('" + shape + "', 4326)");
        }
        add("geometry", Kind.BYTES, "?", bounds, this::point);
        add("point", Kind.BYTES, "?", List.of("ST_GeomFromText('POINT(-90 90)')"), this::point);
    }

    private String point() {
        return "ST_GeomFromText('POINT(" + random.nextInt(90) + "." + random.nextInt(90) + " -" + random.nextInt(90)
                + ")')";
    }

    /** In the log, these are BINARY(16) and BINARY(4), as they are stored. */
    private void onlyMariaDb() {
        add(
                "inet6",
                Kind.BYTES,
                "CAST(? AS BINARY(16))",
                List.of("'::'", "'::1'", "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'", "'::ffff:1.2.3.4'"),
                () -> "'2001:db8::" + Integer.toHexString(random.nextInt(65536)) + "'");
        add(
                "inet4",
                Kind.BYTES,
                "CAST(? AS BINARY(4))",
                List.of("'0.0.0.0'", "'255.255.255.255'"),
                () -> "'" + random.nextInt(256) + ".0.20.3'");
        add(
                "uuid",
                Kind.BYTES,
                "CAST(? AS BINARY(16))",
                List.of(
                        "'00000000-0000-0000-0000-000000000000'",
                        "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
                        "'123e4567-e89b-12d3-a456-426655440000'",
                        "UUID()"),
                () -> "'" + new java.util.UUID(random.nextLong(), random.nextLong()) + "'");
        add(
                "json",
                Kind.TEXT,
                "?",
                List.of("'null'", "'{\"a\": [1, 2.50, \"x\"]}'"),
                () -> "'[" + random.nextInt() + "]'");
    }
}
