package dev.sluice.dispatch.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.expression.BoundExpression;
import dev.sluice.change.expression.ColumnExpression;
import dev.sluice.change.expression.InvalidExpression;
import dev.sluice.change.message.CellText;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import dev.sluice.testsupport.servers.SharedServers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lets a real server compute what an expression makes of a row, and compares. */
class ExpressionOracleIT {
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime() & 0xffffff);
    private static final int EXPRESSIONS = Integer.getInteger("sluice.test.expressions", 2_000);
    private static final int AT_ONCE = 40;
    private static final int ROWS = 24;

    /** Whole numbers beyond 64 bits, which are exact here and an error there. */
    private static final int OUT_OF_RANGE = 1690;

    private static Connection connection;
    private static List<RowLine> rows;

    @BeforeAll
    static void fill() throws Exception {
        System.out.println("seed " + SEED);
        connection = SharedServers.mysql().connect();
        run("SET NAMES utf8mb4 COLLATE utf8mb4_0900_as_cs");
        run("SET SESSION time_zone = '+00:00', sql_mode = 'NO_BACKSLASH_ESCAPES,NO_UNSIGNED_SUBTRACTION,"
                + "ALLOW_INVALID_DATES'");
        run("CREATE DATABASE IF NOT EXISTS expression_oracle COLLATE utf8mb4_0900_as_cs");
        run("USE expression_oracle");
        run("DROP TABLE IF EXISTS facts");
        run("CREATE TABLE facts (id INT PRIMARY KEY, " + RandomExpressions.definitions() + ")");
        Random random = new Random(SEED);
        for (int id = 0; id < ROWS; id++) {
            run("INSERT INTO facts VALUES (" + id + ", " + RandomExpressions.values(random) + ")");
        }
        rows = rows();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void makesOfARowWhatMySqlMakesOfIt() throws SQLException {
        RandomExpressions expressions = new RandomExpressions(new Random(SEED + 1));
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        int present = 0;
        for (int done = 0; done < EXPRESSIONS; done += AT_ONCE) {
            List<String> some = new ArrayList<>();
            List<BoundExpression> bound = new ArrayList<>();
            while (some.size() < AT_ONCE) {
                String expression = expressions.next();
                try {
                    bound.add(ColumnExpression.parse(expression).bind(RandomExpressions.COLUMNS));
                    some.add(expression);
                } catch (InvalidExpression e) {
                    assertThat(e)
                            .as(expression)
                            .hasMessageMatching("(?s).*(names no column|numbers of up to|for every row).*");
                }
            }
            List<List<@Nullable String>> theirs = answers(some);
            for (int i = 0; i < some.size(); i++) {
                for (int row = 0; row < theirs.get(i).size(); row++) {
                    String their = theirs.get(i).get(row);
                    String our = cell(bound.get(i), rows.get(row));
                    assertThat(normal(bound.get(i), our))
                            .as("seed " + SEED + ": " + some.get(i) + " as "
                                    + bound.get(i).type() + " of row " + row)
                            .isEqualTo(normal(bound.get(i), their));
                    compared++;
                    present += our == null ? 0 : 1;
                }
            }
        }
        assertThat(wrong).as("seed " + SEED).isEmpty();
        assertThat(compared).isGreaterThan(EXPRESSIONS * ROWS * 9 / 10);
        assertThat(present).isGreaterThan(compared / 3);
    }

    /** But for letters that are newer than its tables, and those that get longer, which it cuts off. */
    @Test
    void changesTheCaseOfEveryLetterAsMySqlDoes() throws SQLException {
        List<Column> column = List.of(new Column("c", "text"));
        BoundExpression upper = ColumnExpression.parse("UPPER(c)").bind(column);
        BoundExpression lower = ColumnExpression.parse("LOWER(c)").bind(column);
        run("DROP TABLE IF EXISTS letters");
        run("CREATE TABLE letters (c VARCHAR(2))");
        run("INSERT INTO letters VALUES "
                + IntStream.range(0, 0x1ffff)
                        .filter(c -> Character.isLetter(c) && !Character.isIdeographic(c))
                        .mapToObj(c -> "('" + Character.toString(c) + "')")
                        .collect(Collectors.joining(",")));
        List<String> different = new ArrayList<>();
        int same = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT c, UPPER(c), LOWER(c) FROM letters")) {
            while (result.next()) {
                String letter = result.getString(1);
                RowLine row = row(new LineBuffer(20).string(letter));
                boolean alike =
                        same(result.getString(2), cell(upper, row)) && same(result.getString(3), cell(lower, row));
                int c = letter.codePointAt(0);
                boolean newer = c == 0x282 || c == 0x1d8e || c >= 0xa794 && c <= 0xa7f6 || c >= 0x16e40 && c <= 0x16e7f;
                same += alike ? 1 : 0;
                if (!alike && !newer) {
                    different.add(Integer.toHexString(c));
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(same).isGreaterThan(10_000);
    }

    private static boolean same(String theirs, @Nullable String ours) {
        return theirs.isEmpty() || theirs.equals(ours);
    }

    private static @Nullable String normal(BoundExpression expression, @Nullable String value) {
        boolean number =
                expression.type().startsWith("decimal") || expression.type().equals("bigint");
        return value == null || !number
                ? value
                : new BigDecimal(value).stripTrailingZeros().toPlainString();
    }

    /** What the server makes of each row; nothing where a number is out of its range. */
    private static List<List<@Nullable String>> answers(List<String> expressions) throws SQLException {
        List<List<@Nullable String>> answers = new ArrayList<>();
        String columns = String.join(
                ", ",
                expressions.stream()
                        .map(expression -> "CAST(" + expression + " AS CHAR)")
                        .toList());
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + columns + " FROM facts ORDER BY id")) {
            expressions.forEach(expression -> answers.add(new ArrayList<>()));
            while (result.next()) {
                for (int i = 0; i < expressions.size(); i++) {
                    answers.get(i).add(result.getString(i + 1));
                }
            }
            return answers;
        } catch (SQLException e) {
            if (e.getErrorCode() != OUT_OF_RANGE) {
                throw new SQLException(columns, e);
            }
            if (expressions.size() == 1) {
                return List.of(List.of());
            }
        }
        answers.clear();
        for (String expression : expressions) {
            answers.addAll(answers(List.of(expression)));
        }
        return answers;
    }

    private static List<RowLine> rows() throws SQLException {
        List<RowLine> lines = new ArrayList<>();
        List<Column> columns = RandomExpressions.COLUMNS;
        String names = String.join(
                ", ",
                columns.stream()
                        .map(column -> "CAST(" + column.name() + " AS CHAR)")
                        .toList());
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + names + " FROM facts ORDER BY id")) {
            while (result.next()) {
                LineBuffer cells = new LineBuffer(200);
                for (int i = 0; i < columns.size(); i++) {
                    String value = result.getString(i + 1);
                    cells.ascii(i == 0 ? "" : ",");
                    if (value == null) {
                        cells.ascii("null");
                    } else if (columns.get(i).type().matches(".*int.*|year")) {
                        cells.ascii(value.equals("0000") ? "0" : value);
                    } else {
                        cells.string(value);
                    }
                }
                lines.add(row(cells));
            }
        }
        return lines;
    }

    private static RowLine row(LineBuffer cells) {
        LineBuffer line = new LineBuffer(300);
        line.ascii("{\"op\":\"c\",\"t\":1,\"pk\":null,\"row\":[")
                .put(cells.toByteArray())
                .ascii("]}");
        byte[] bytes = line.toByteArray();
        return new RowLine().head(bytes, 0, bytes.length).cells();
    }

    private static @Nullable String cell(BoundExpression expression, RowLine row) {
        LineBuffer out = new LineBuffer(100);
        expression.write(row, out);
        return CellText.isNull(out.array(), 0, out.length()) ? null : CellText.decode(out.array(), 0, out.length());
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
