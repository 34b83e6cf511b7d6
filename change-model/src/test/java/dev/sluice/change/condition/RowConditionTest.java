package dev.sluice.change.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.RowLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowConditionTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("id", "bigint unsigned"),
            new Column("total", "decimal(30,4)"),
            new Column("status", "varchar(20)"),
            new Column("region", "enum('eu','uk')"),
            new Column("note", "text"),
            new Column("at", "datetime(3)"),
            new Column("day", "date"),
            new Column("span", "time(2)"),
            new Column("ratio", "double"),
            new Column("blob", "blob"),
            new Column("doc", "json"));

    private static final String ROW =
            "18446744073709551615,\"12345678901234567890.1000\",\"PAID\",\"eu\",null,\"2026-11-21 09:30:00.120\","
                    + "\"2026-11-21\",\"-01:30:00.50\",1.5E-7,\"AAE=\",\"{}\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'PAID' and total > 100 and region in ('eu','uk') and note is null",
                "id = 18446744073709551615",
                "id > 18446744073709551614",
                "total = 12345678901234567890.1",
                "total > 12345678901234567890.0999",
                "total < 12345678901234567890.1001",
                "total > -1",
                "100 < total",
                "not total < 100",
                "status <> 'paid'",
                "status != 'PAID '",
                "status > 'P' and status < 'PAIE'",
                "status between 'PAA' and 'PAZ'",
                "status not between 'A' and 'B'",
                "status like 'P%D' and status like 'P_ID' and status not like 'p%'",
                "`status` = 'PAID'",
                "STATUS = 'PAID'",
                "(status = 'X' or status = 'PAID') and not (region = 'uk')",
                "at = '2026-11-21 09:30:00.12'",
                "at > '2026-11-21'",
                "at >= '2026-11-21T09:30:00' and at < '2026-11-21 09:30:00.120001'",
                "`day` = '2026-11-21' and `day` < '2026-11-21 00:00:01'",
                "span = '-01:30:00.5' and span < '00:00:00' and span > '-838:59:59'",
                "ratio = 0.00000015 and ratio < 0.0000002",
                "note is null and status is not null and `blob` is not null and doc is not null",
                "region not in ('uk', 'us')",
                "note = 'x' or status = 'PAID'",
            })
    void holds(String condition) {
        assertThat(holds(condition, ROW)).as(condition).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note = 'x'",
                "note <> 'x'",
                "not note = 'x'",
                "not (note = 'x' and status = 'PAID')",
                "note in ('x', 'y')",
                "note not in ('x')",
                "note like '%'",
                "not note like '%'",
                "note between 'a' and 'b'",
                "note = 'x' and status = 'PAID'",
                "status = 'paid'",
                "total = 12345678901234567890.1001",
                "id < 1",
                "at = '2026-11-21'",
            })
    void doesNotHold(String condition) {
        assertThat(holds(condition, ROW)).as(condition).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status = ",
                "status = 'a' status",
                "1 = 1",
                "status = note",
                "lower(status) = 'paid'",
                "sleep(10) = 0",
                "total + 1 > 2",
                "exists (select 1)",
                "id in (select id from t)",
                "status = (select 1)",
                "o.status = 'PAID'",
                "status regexp 'a'",
                "status ilike 'a'",
                "status is true",
                "case when id = 1 then true else false end",
                "status = null",
                "status = @x",
                "status = ?",
                "status = :x",
                "status <=> 'x'",
                "status = 'PAID'; drop table x",
                "status collate utf8mb4_bin = 'a'",
                "cast(id as char) = '1'",
            })
    void refusesWhatIsNotACondition(String condition) {
        assertThatThrownBy(() -> RowCondition.parse(condition))
                .as(condition)
                .isInstanceOf(InvalidCondition.class)
                .hasMessageContaining("condition");
    }

    @Test
    void refusesWhatDoesNotFitTheTable() {
        assertRefused("nope = 1", "no column 'nope'");
        assertRefused("total = '1'", "decimal(30,4); compare it with a number");
        assertRefused("status = 1", "text in quotes");
        assertRefused("at > 'yesterday'", "datetime(3)");
        assertRefused("span > '2026-11-21'", "time(2)");
        assertRefused("`blob` = 'x'", "blob");
        assertRefused("doc = 'x'", "json");
        assertRefused("total like '1%'", "LIKE is for text");
        assertThat(RowCondition.parse("A = 1 and (b is null or a = 2)").columns())
                .containsExactly("A", "b");
    }

    @Test
    void comparesTextThatIsEscapedInTheCell() {
        String row = ROW.replace("\"PAID\"", "\"a\\\"b\\\\c\\n\\u0001é\"");
        assertThat(holds("status = 'a\"b\\c\n\u0001é'", row)).isTrue();
        assertThat(holds("status = 'a\"b'", row)).isFalse();
        assertThat(holds("status like 'a_b%'", row)).isTrue();
        assertThat(holds("status = 'it''s'", ROW.replace("\"PAID\"", "\"it's\"")))
                .isTrue();
        assertThat(holds("region = ''", ROW.replace("\"eu\"", "0"))).isTrue();
    }

    @Test
    void looksAtTheRowBeforeAnUpdate() {
        RowLine row =
                line("{\"op\":\"u\",\"t\":1,\"pk\":\"0000000000000000\",\"chg\":[2,4],\"old\":[\"NEW\",\"n\"],\"row\":["
                        + ROW + "]}");
        BoundCondition condition = RowCondition.parse("status = 'NEW' and note = 'n' and region = 'eu'")
                .bind(COLUMNS);
        RowImage image = new RowImage();
        assertThat(condition.holds(image.before(row))).isTrue();
        assertThat(condition.holds(image.current(row))).isFalse();
    }

    /** Random conditions, written with no more parentheses than SQL needs, mean what they were made to mean. */
    @Test
    void bindsAndBeforeOrAndNotBeforeAnd() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Made made = made(random, 4);
            assertThat(holds(made.text, ROW)).as("seed %d: %s", seed, made.text).isEqualTo(made.truth == Truth.TRUE);
        }
    }

    /** A condition, what it is of {@link #ROW}, and how strongly it binds: 0 for OR, 1 for AND, 2 for NOT, 3 for others. */
    private record Made(String text, Truth truth, int strength) {
        String within(int strongest) {
            return strength < strongest ? "(" + text + ")" : text;
        }
    }

    private static Made made(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return ATOMS.get(random.nextInt(ATOMS.size()));
        }
        Made left = made(random, depth - 1);
        if (random.nextInt(4) == 0) {
            return new Made("not " + left.within(2), left.truth.not(), 2);
        }
        Made right = made(random, depth - 1);
        return random.nextBoolean()
                ? new Made(left.within(1) + " and " + right.within(1), left.truth.and(right.truth), 1)
                : new Made(left.within(0) + " or " + right.within(0), left.truth.or(right.truth), 0);
    }

    private static final List<Made> ATOMS = List.of(
            new Made("status = 'PAID'", Truth.TRUE, 3),
            new Made("total <= 5", Truth.FALSE, 3),
            new Made("note = 'x'", Truth.UNKNOWN, 3),
            new Made("note is null", Truth.TRUE, 3),
            new Made("status is null", Truth.FALSE, 3),
            new Made("note is not null", Truth.FALSE, 3),
            new Made("status in ('NEW', 'PAID')", Truth.TRUE, 3),
            new Made("region not in ('eu', 'uk')", Truth.FALSE, 3),
            new Made("note in ('x')", Truth.UNKNOWN, 3),
            new Made("total between 1 and 5", Truth.FALSE, 3),
            new Made("`day` not between '2000-01-01' and '2001-01-01'", Truth.TRUE, 3),
            new Made("note between 'a' and 'b'", Truth.UNKNOWN, 3),
            new Made("status like 'PA%'", Truth.TRUE, 3),
            new Made("status not like 'PA__'", Truth.FALSE, 3));

    private static void assertRefused(String condition, String reason) {
        assertThatThrownBy(() -> RowCondition.parse(condition).bind(COLUMNS))
                .isInstanceOf(InvalidCondition.class)
                .hasMessageContaining(reason);
    }

    private static boolean holds(String condition, String cells) {
        RowLine row = line("{\"op\":\"c\",\"t\":1,\"pk\":\"0000000000000000\",\"row\":[" + cells + "]}");
        return RowCondition.parse(condition).bind(COLUMNS).holds(new RowImage().current(row));
    }

    private static RowLine line(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return new RowLine().head(body, 0, body.length).cells();
    }
}
