package dev.sluice.binlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Every type of column with its bounds and random values, and what SELECT says of them. */
final class TypeMatrix {
    /** How the expected JSON comes from the source. */
    enum Kind {
        /** The text of the value is the JSON. */
        NUMBER,
        /** The text of the value in quotes. */
        TEXT,
        BYTES,
        FLOAT,
        DOUBLE,
        /** The label in quotes, or the number 0. */
        ENUM
    }

    /**
     * A column.
     *
     * @param options what stands behind the type
     * @param select expression for what is expected, with ? for the name
     * @param literals values of the rows to insert; empty if the source makes them
     */
    record Column(String name, String type, String options, Kind kind, String select, List<String> literals) {
        String literal(int row) {
            return literals.get(row % literals.size());
        }

        boolean generated() {
            return literals.isEmpty();
        }

        String selected() {
            return select.replace("?", name);
        }

        /** What a cell of the log says, in the form of {@link #expected}. */
        String actual(String json) {
            if (json.equals("null")) {
                return "NULL";
            }
            return switch (kind) {
                case NUMBER -> json;
                case TEXT, BYTES -> JsonText.unquote(json);
                case ENUM -> json.equals("0") ? "(0)" : JsonText.unquote(json);
                case FLOAT -> Float.toString(Float.parseFloat(json));
                case DOUBLE -> Double.toString(Double.parseDouble(json));
            };
        }

        String expected(ResultSet result, int index) throws SQLException {
            if (result.getObject(index) == null) {
                return "NULL";
            }
            return switch (kind) {
                case NUMBER, TEXT, ENUM -> result.getString(index);
                case BYTES -> Base64.getEncoder().encodeToString(result.getBytes(index));
                case FLOAT -> Float.toString(result.getFloat(index));
                case DOUBLE -> Double.toString(result.getDouble(index));
            };
        }
    }

    /** How a server writes its documents. */
    enum Json {
        /** MariaDB's are text. */
        NONE,
        /** The number 1.0 as 1, and base64 with line ends that are not escaped. */
        AS_UP_TO_5_7,
        AS_SINCE_8_0
    }

    /**
     * What a server knows beyond the types that all have.
     *
     * @param invisible columns that are, from MySQL 8.0.23 and MariaDB 10.3 on
     * @param vectors MySQL's
     */
    record Server(Json json, boolean invisible, boolean vectors) {}

    /** Columns of one table, besides its key {@code id}. */
    record Table(String name, List<Column> columns) {}

    private static final int MOST_COLUMNS = 50;

    private TypeMatrix() {}

    /** Tables that hold each type once with NULLs and once without, in an order and with a width that chance makes. */
    static List<Table> tables(Random random, Server server, int rows) {
        List<Column> all = new ArrayList<>();
        for (Column each : new TypeColumns(random, server, rows).columns()) {
            boolean hidden = server.invisible && random.nextInt(4) == 0;
            all.add(named(all.size(), each, hidden ? " NULL INVISIBLE" : " NULL", each.literals));
            List<String> present = each.literals.stream()
                    .filter(value -> !value.equals("NULL"))
                    .toList();
            all.add(named(all.size(), each, " NOT NULL", present));
        }
        Collections.shuffle(all, random);
        List<Table> tables = new ArrayList<>();
        int from = 0;
        while (from < all.size()) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(MOST_COLUMNS));
            List<Column> columns = new ArrayList<>(all.subList(from, to));
            columns.add(
                    random.nextInt(columns.size() + 1),
                    new Column("g", "bigint", " GENERATED ALWAYS AS (id * 3) STORED", Kind.NUMBER, "?", List.of()));
            columns.add(
                    random.nextInt(columns.size() + 1),
                    new Column(
                            "w",
                            "varchar(20)",
                            " GENERATED ALWAYS AS (CONCAT('w', id)) VIRTUAL",
                            Kind.TEXT,
                            "?",
                            List.of()));
            tables.add(new Table("m" + tables.size(), columns));
            from = to;
        }
        return tables;
    }

    private static Column named(int number, Column column, String options, List<String> literals) {
        return new Column("c" + number, column.type, options, column.kind, column.select, literals);
    }
}
