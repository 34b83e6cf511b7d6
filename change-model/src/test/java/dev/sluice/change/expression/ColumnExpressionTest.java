package dev.sluice.change.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.RowLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What random expressions give is compared with a real server by the dispatcher's ExpressionOracleIT. */
class ColumnExpressionTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("id", "int"),
            new Column("first", "varchar(20)"),
            new Column("last", "varchar(20)"),
            new Column("none", "varchar(20)"),
            new Column("price", "decimal(10,2)"),
            new Column("pieces", "int unsigned"),
            new Column("born", "date"),
            new Column("seen", "datetime(3)"),
            new Column("huge", "bigint unsigned"),
            new Column("ratio", "double"),
            new Column("key", "text"));

    private static final String ROW = "7,\"Zoë\",\"O'Ne\\\"il\\\\\",null,\"-12.50\",3,\"1999-12-31\","
            + "\"2026-11-21 09:30:00.120\",18446744073709551615,1.5,\" k \"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CONCAT(first, ' ', last)     | varchar(41)   | ~\"Zoë O'Ne\\\"il\\\\\"~",
                "CONCAT(first, none)          | varchar(40)   | null",
                "CONCAT_WS('-', first, none, id)| varchar(54) | ~\"Zoë-7\"~",
                "upper(FIRST)                 | varchar(20)   | ~\"ZOË\"~",
                "LEFT(last, 4)                | varchar(4)    | ~\"O'Ne\"~",
                "RIGHT(last, 2)               | varchar(2)    | ~\"l\\\\\"~",
                "SUBSTRING(first, -2, 1)      | varchar(1)    | ~\"o\"~",
                "TRIM(`key`)                  | longtext      | ~\"k\"~",
                "LPAD(id, 5, '0')             | varchar(5)    | ~\"00007\"~",
                "REPLACE(first, 'ë', 'e')     | varchar(20)   | ~\"Zoe\"~",
                "price * pieces               | decimal(20,2) | ~\"-37.50\"~",
                "ROUND(price)                 | bigint        | -13",
                "ROUND(ABS(price), 1)         | decimal(10,1) | ~\"12.5\"~",
                "huge + 1                     | decimal(21,0) | ~\"18446744073709551616\"~",
                "pieces - 10                  | bigint        | -7",
                "CHAR_LENGTH(first)           | bigint        | 3",
                "YEAR(born)                   | bigint        | 1999",
                "DATE(seen)                   | date          | ~\"2026-11-21\"~",
                "COALESCE(seen, NULL)         | datetime(3)   | ~\"2026-11-21 09:30:00.120\"~",
                "COALESCE(none, first, 'x')   | varchar(20)   | ~\"Zoë\"~",
                "COALESCE(NULL, id, price)    | decimal(12,2) | ~\"7.00\"~",
                "NULLIF(first, 'Zoë')         | varchar(20)   | null",
                "IF(price < 0, 'credit', 'debit')| varchar(6) | ~\"credit\"~",
                "CASE id WHEN 6 THEN 'six' WHEN 7 THEN 'seven' END | varchar(5) | ~\"seven\"~",
                "CASE WHEN none = 'x' THEN 1 ELSE price END | decimal(10,2) | ~\"-12.50\"~"
            })
    void givesAValueOfAType(String expression, String type, String cell) {
        BoundExpression bound = ColumnExpression.parse(expression).bind(COLUMNS);
        assertThat(bound.type()).isEqualTo(type);
        LineBuffer out = new LineBuffer(8);
        bound.write(row("{\"op\":\"c\",\"t\":1,\"pk\":null,\"row\":[" + ROW + "]}"), out);
        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8))
                .isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NOW()                        | 'NOW()' cannot be used; an expression is made of",
                "CURRENT_TIMESTAMP            | cannot be used",
                "~first || last~              | cannot be used",
                "price / 2                    | cannot be used",
                "CAST(id AS CHAR)             | cannot be used",
                "@a                           | cannot be used",
                "(SELECT 1)                   | cannot be used",
                "CONCAT(DISTINCT first)       | cannot be used",
                "t.first                      | is not how an expression names a column",
                "CONCAT(first, \"x\")         | is in double quotes; put text into single quotes",
                "CONCAT(first                 | is no expression in SQL",
                "first first                  | is no expression in SQL",
                "id + 1e3                     | is no exact number",
                "LEFT(first)                  | LEFT takes 2 arguments, not 1",
                "LEFT(first, id)              | LEFT takes a whole number",
                "LPAD(id, 2000, '0')          | between 0 and 1000",
                "LPAD(id, 8, '')              | pads with a text in quotes",
                "CONCAT('a', 'b')             | names no column; give a constant as value",
                "CASE WHEN UPPER(a) = 'X' THEN 1 END | WHEN: ",
            })
    void refusesWhatIsNoExpression(String expression, String reason) {
        assertThatThrownBy(() -> ColumnExpression.parse(expression))
                .isInstanceOf(InvalidExpression.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CONCAT(nobody)               | there is no column 'nobody'; there are id, first",
                "ratio + 1                    | column ratio is double, which an expression cannot use",
                "first + 1                    | + needs numbers, and gets text",
                "COALESCE(id, first)          | COALESCE takes values of one kind, and gets a number and text",
                "COALESCE(born, seen)         | gets date and datetime(3)",
                "IF(id = 1, first, 0)         | gets text and a number",
                "YEAR(first)                  | YEAR takes a DATE, DATETIME or TIMESTAMP, and gets text",
                "huge * huge * huge * huge    | up to 80 digits",
                "COALESCE(NULL, NULLIF(NULL, id)) | gives NULL for every row",
                "IF(id = 'x', first, last)    | compare it with a number"
            })
    void refusesWhatDoesNotFitTheColumns(String expression, String reason) {
        ColumnExpression parsed = ColumnExpression.parse(expression);
        assertThatThrownBy(() -> parsed.bind(COLUMNS))
                .isInstanceOf(InvalidExpression.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPPER(", "(", "CASE WHEN id = 1 THEN ", "IF(id = 1, 'x', "})
    void refusesDeepOnesBeforeTheyAreParsed(String part) {
        String end = part.startsWith("CASE") ? " ELSE 'x' END" : ")";
        String deep = part.repeat(300) + "first" + end.repeat(300);
        String text = deep.length() > 4_000 ? part.repeat(100) + "first" + end.repeat(100) : deep;
        assertThatThrownBy(() -> ColumnExpression.parse(text))
                .isInstanceOf(InvalidExpression.class)
                .hasMessageContaining("is nested deeper than");
        assertThatThrownBy(() -> ColumnExpression.parse("CONCAT(first, '" + "x".repeat(4_000) + "')"))
                .hasMessageContaining("is longer than 4000 characters");
    }

    @Test
    void refusesToFillTheMemory() {
        BoundExpression larger = ColumnExpression.parse("REPLACE(`key`, 'x', '" + "y".repeat(3_000) + "')")
                .bind(List.of(new Column("key", "longtext")));
        RowLine row = row("{\"op\":\"c\",\"t\":1,\"pk\":null,\"row\":[\"" + "x".repeat(100_000) + "\"]}");
        assertThatThrownBy(() -> larger.write(row, new LineBuffer(8)))
                .isInstanceOf(InvalidExpression.class)
                .hasMessageContaining("more than 64 MB");
    }

    @Test
    void knowsWhichColumnsItIsMadeOf() {
        BoundExpression total =
                ColumnExpression.parse("IF(first IS NULL, 0, price * pieces)").bind(COLUMNS);
        String key = "{\"op\":\"u\",\"t\":1,\"pk\":null,";
        assertThat(total.lacking(row(key + "\"has\":[1,4,5],\"row\":[null,\"1.00\",1]}")))
                .isEqualTo(-1);
        assertThat(total.lacking(row(key + "\"has\":[1,5],\"row\":[null,1]}"))).isEqualTo(4);
        assertThat(total.written(row(key + "\"chg\":[5],\"old\":[1],\"has\":[5],\"row\":[2]}")))
                .isTrue();
        assertThat(total.written(row(key + "\"chg\":[],\"old\":[],\"set\":[1],\"has\":[1],\"row\":[\"\"]}")))
                .isTrue();
        assertThat(total.written(row(key + "\"chg\":[0],\"old\":[1],\"has\":[0,5],\"row\":[2,1]}")))
                .isFalse();
    }

    private static RowLine row(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new RowLine().head(bytes, 0, bytes.length).cells();
    }
}
