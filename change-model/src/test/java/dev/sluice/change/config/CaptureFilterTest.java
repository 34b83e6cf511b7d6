package dev.sluice.change.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFilterTest {
    @Test
    void takesEverythingWhenItSaysNothing() {
        assertThat(CaptureFilter.NONE.takes("shop", "orders")).isTrue();
        assertThat(CaptureFilter.NONE.takes(ChangeKind.DELETE)).isTrue();
        assertThat(CaptureFilter.NONE.takes("shop", "orders", "id")).isTrue();
    }

    @Test
    void excludesWhatWouldBeIncluded() {
        CaptureFilter filter = tables(List.of("shop.*", "crm.user_?"), List.of("shop.tmp_*"));
        assertThat(filter.takes("shop", "orders")).isTrue();
        assertThat(filter.takes("crm", "user_1")).isTrue();
        assertThat(filter.takes("crm", "user_10")).isFalse();
        assertThat(filter.takes("shop", "tmp_1")).isFalse();
        assertThat(filter.takes("Shop", "orders")).as("names compare with case").isFalse();
    }

    /** What canal 1.1.8 does with the same text: commas separate, all of the name must match, case does not matter. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ".*\\..*                         ; shop; orders; true",
                ".*\\\\..*                       ; shop; orders; true",
                "shop\\..*,crm\\.user_\\d+       ; shop; orders; true",
                "shop\\..*,crm\\.user_\\d+       ; crm; user_42; true",
                "shop\\..*,crm\\.user_\\d+       ; crm; user_x; false",
                "shop\\\\..*,crm\\\\.user_\\\\d+ ; crm; user_42; true",
                "shop\\\\..*,crm\\\\.user_\\\\d+ ; crm; users; false",
                "shop\\.orders                   ; SHOP; Orders; true",
                "SHOP\\.Orders                   ; shop; orders; true",
                "shop\\.order                    ; shop; orders; false",
                "hop\\.orders                    ; shop; orders; false",
                "shop.orders                     ; shop; orders; true",
                "shop\\.(orders|items)           ; shop; items; true",
                "shop\\.foooo,shop\\.f.*t        ; shop; fooooot; true",
                "mysql\\.slave_.*                ; mysql; slave_x; true",
            })
    void readsCanalsFilterAsCanalDoes(String regex, String schema, String table, boolean taken) {
        CaptureFilter white = new CaptureFilter(List.of(), List.of(), regex, null, List.of(), List.of(), true);
        assertThat(white.takes(schema, table)).isEqualTo(taken);
        CaptureFilter black = new CaptureFilter(List.of(), List.of(), null, regex, List.of(), List.of(), true);
        assertThat(black.takes(schema, table)).isEqualTo(!taken);
    }

    @Test
    void leavesColumnsOutByTable() {
        CaptureFilter filter = new CaptureFilter(
                List.of(), List.of(), null, null, List.of("shop.user*:password/token"), List.of(), true);
        assertThat(filter.takes("shop", "users", "Password")).isFalse();
        assertThat(filter.takes("shop", "user_2", "token")).isFalse();
        assertThat(filter.takes("shop", "users", "name")).isTrue();
        assertThat(filter.takes("crm", "users", "password")).isTrue();
    }

    @Test
    void readsBackWhatItWritesAndWhatLeavesEverythingOut() {
        CaptureFilter filter = new CaptureFilter(
                List.of("a.*"),
                List.of("a.b"),
                "x\\..*",
                "y\\..*",
                List.of("a.c:d"),
                List.of(ChangeKind.INSERT),
                false);
        assertThat(ConfigurationCodec.decodeFilter(ConfigurationCodec.encode(filter)))
                .isEqualTo(filter);
        assertThat(ConfigurationCodec.decodeFilter("{}")).isEqualTo(CaptureFilter.EVERYTHING);
    }

    @Test
    void leavesOutTablesOfOnlineSchemaChanges() {
        CaptureFilter all = tables(List.of(), List.of());
        assertThat(all.takes("shop", "_orders_gho")).isFalse();
        assertThat(all.takes("shop", "__orders_new")).isFalse();
        assertThat(all.takes("shop", "_orders_20261121093000_del")).isFalse();
        assertThat(all.takes("shop", "orders_new")).isTrue();
        assertThat(all.takes("shop", "_new")).isTrue();
        assertThat(all.withGhostTables(true).takes("shop", "_orders_gho")).isTrue();
        assertThat(tables(List.of("shop.*"), List.of()).takes("shop", "_orders_old"))
                .isFalse();
        assertThat(tables(List.of("shop.*", "shop._orders_old"), List.of()).takes("shop", "_orders_old"))
                .isTrue();
    }

    private static CaptureFilter tables(List<String> include, List<String> exclude) {
        return new CaptureFilter(include, exclude, null, null, List.of(), List.of(), true);
    }
}
