package dev.sluice.change.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GhostTablesTest {
    private static final String SIXTY = "a23456789_b23456789_c23456789_d23456789_e23456789_f23456789_";

    @ParameterizedTest
    @CsvSource({
        "_t_gho, t, true, false",
        "_t_new, t, true, false",
        "__t_new, t, true, false",
        "__t_new, _t, true, false",
        "_T_gho, t, true, false",
        "_t_gho, u, false, false",
        "_t_ghc, t, false, false",
        "_xt_new, t, false, false",
        "_t_del, t, false, true",
        "_t_20261121093000_del, t, false, true",
        "_t_old, t, false, true",
        "_t_old, _t, false, false",
        "t_old, t, false, false",
    })
    void tellsWhichTableTheyBelongTo(String ghost, String table, boolean replaces, boolean isLeft) {
        assertThat(GhostTables.replaces(ghost, table)).isEqualTo(replaces);
        assertThat(GhostTables.isLeftOf(ghost, table)).isEqualTo(isLeft);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1234"})
    void longNamesAreCut(String end) {
        String table = SIXTY + end;
        String ghost = ("_" + table).substring(0, 60) + "_gho";
        assertThat(GhostTables.replaces(ghost, table)).isTrue();
        assertThat(GhostTables.replaces(ghost.substring(0, 20) + "_gho", table)).isFalse();
    }
}
