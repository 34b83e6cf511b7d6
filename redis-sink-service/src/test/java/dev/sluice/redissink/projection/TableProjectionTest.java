package dev.sluice.redissink.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.config.CacheRule;
import dev.sluice.change.config.CacheRule.Format;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import dev.sluice.redissink.Entries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableProjectionTest {
    private static final Column ID = new Column("id", "bigint unsigned");
    private static final Column NAME = new Column("name", "varchar(50)");
    private static final Column DOC = new Column("doc", "json");

    @Test
    void jsonKeepsCellsAndEmbedsDocuments() {
        TableLine table = Entries.users(
                rule("user:{id}", Format.JSON),
                ID,
                new Column("price", "decimal(10,2)"),
                new Column("born", "date"),
                new Column("photo", "blob"),
                DOC,
                NAME);
        CacheChange change = current(
                table,
                "18446744073709551615",
                "\"12.50\"",
                "\"2026-11-21\"",
                "\"AAEC\"",
                "\"{\\\"a\\\": [1, \\\"x\\\\ny\\\"]}\"",
                "\"Zoë \\\"Z\\\"\"");

        assertThat(change.key()).hasToString("user:18446744073709551615");
        assertThat(value(change))
                .isEqualTo("{\"id\":18446744073709551615,\"price\":\"12.50\",\"born\":\"2026-11-21\","
                        + "\"photo\":\"AAEC\",\"doc\":{\"a\": [1, \"x\\ny\"]},\"name\":\"Zoë \\\"Z\\\"\"}");
    }

    @Test
    void nullIsNullInJsonAndNoFieldInAHash() {
        Column[] columns = {ID, NAME, DOC};

        assertThat(value(current(Entries.users(rule("u:{id}", Format.JSON), columns), "1", "null", "null")))
                .isEqualTo("{\"id\":1,\"name\":null,\"doc\":null}");
        assertThat(fields(current(Entries.users(rule("u:{id}", Format.HASH), columns), "1", "null", "null")))
                .containsExactly("id", "1");
    }

    @Test
    void hashFieldsAreText() {
        TableLine table = Entries.users(rule("u:{id}", Format.HASH), ID, NAME, DOC);

        assertThat(fields(current(table, "1", "\"a\\nb\"", "\"{\\\"a\\\": 1}\"")))
                .containsExactly("id", "1", "name", "a\nb", "doc", "{\"a\": 1}");
    }

    @Test
    void columnsAreRenamedAndLeftOutButMayStillMakeTheKey() {
        TableLine table = Entries.users(
                rule("user:{ID}:{NickName}", Format.JSON),
                new Column("id", "int", null, true),
                new Column("name", "varchar(50)", "nickname", false));
        CacheChange change = current(table, "7", "\"Z:é\"");

        assertThat(change.key()).hasToString("user:7:Z:é");
        assertThat(value(change)).isEqualTo("{\"nickname\":\"Z:é\"}");
    }

    @Test
    void aRowOfLeftOutColumnsOnlyIsAnEmptyObject() {
        TableLine table = Entries.users(rule("u:{id}", Format.JSON), new Column("id", "int", null, true));

        assertThat(value(current(table, "7"))).isEqualTo("{}");
    }

    @Test
    void deleteRemoves() {
        TableLine table = Entries.users(rule("u:{id}", Format.JSON), ID, NAME);
        TableProjection projection = TableProjection.of(table);

        assertThat(projection.current(new Entries().delete(table, "7", "\"x\"").row()))
                .isEqualTo(new CacheChange.Remove(key("u:7")));
    }

    @Test
    void anUpdateOfAKeyColumnMakesTheOldEntryObsolete() {
        TableLine table = Entries.users(rule("u:{name}", Format.JSON), ID, NAME);
        TableProjection projection = TableProjection.of(table);

        assertThat(projection.obsolete(new Entries()
                        .update(table, List.of("7", "\"old\""), List.of("7", "\"new\""))
                        .row()))
                .isEqualTo(new CacheChange.Remove(key("u:old")));
        assertThat(projection.obsolete(new Entries()
                        .update(table, List.of("7", "\"same\""), List.of("8", "\"same\""))
                        .row()))
                .isNull();
        assertThat(projection.obsolete(new Entries()
                        .update(table, List.of("7", "null"), List.of("7", "\"new\""))
                        .row()))
                .isNull();
        assertThat(projection.obsolete(
                        new Entries().insert(table, "7", "\"new\"").row()))
                .isNull();
    }

    @Test
    void aRowWhoseKeyBecomesNullLosesItsEntry() {
        TableLine table = Entries.users(rule("u:{name}", Format.JSON), ID, NAME);
        TableProjection projection = TableProjection.of(table);
        Entries update = new Entries().update(table, List.of("7", "\"old\""), List.of("7", "null"));

        assertThat(projection.obsolete(update.row())).isEqualTo(new CacheChange.Remove(key("u:old")));
        assertThat(projection.current(update.row())).isNull();
    }

    @Test
    void refusesAnUnknownColumnAndNamesThoseThereAre() {
        assertThatThrownBy(() -> TableProjection.of(Entries.users(rule("user:{uid}", Format.JSON), ID, NAME)))
                .isInstanceOf(InvalidCacheRule.class)
                .hasMessageContainingAll("user:{uid}", "shop.users", "'uid'", "id, name");
    }

    @Test
    void refusesATableWithoutARule() {
        assertThatThrownBy(() -> TableProjection.of(Entries.users(null, ID)))
                .isInstanceOf(InvalidCacheRule.class)
                .hasMessageContaining("shop.users has no cache rule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S", "P40000D"})
    void refusesATtlThatRedisWouldRefuse(Duration ttl) {
        assertThatThrownBy(() -> TableProjection.of(Entries.users(new CacheRule("u:{id}", Format.JSON, ttl), ID)))
                .isInstanceOf(InvalidCacheRule.class)
                .hasMessageContaining("ttl");
    }

    private static CacheRule rule(String key, Format format) {
        return new CacheRule(key, format, null);
    }

    private static CacheChange current(TableLine table, String... cells) {
        @Nullable
        CacheChange change = TableProjection.of(table)
                .current(new Entries().insert(table, cells).row());
        assertThat(change).isNotNull();
        return change;
    }

    private static CacheKey key(String text) {
        return new CacheKey(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String value(CacheChange change) {
        return new String(((CacheChange.Store) change).value(), StandardCharsets.UTF_8);
    }

    private static List<String> fields(CacheChange change) {
        return ((CacheChange.StoreHash) change)
                .fields().stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toList();
    }
}
