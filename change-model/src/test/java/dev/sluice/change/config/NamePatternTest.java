package dev.sluice.change.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "orders,orders",
        "*,orders",
        "*,''",
        "order?,orders",
        "orders_*,orders_",
        "orders_*,orders_2026_11",
        "*_log,a_b_log_log",
        "a*b*c,aXbXbXc",
        "**,x",
        "?*,x",
        "*?,xy",
        "orders_??,orders_07",
    })
    void matches(String pattern, String name) {
        assertThat(NamePattern.matches(pattern, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "orders,order",
        "orders,orders2",
        "orders,Orders",
        "order?,order",
        "?,''",
        "'',x",
        "*_log,a_log_",
        "a*b*c,aXbX",
        "orders_??,orders_007",
        "a.c,abc",
    })
    void doesNotMatch(String pattern, String name) {
        assertThat(NamePattern.matches(pattern, name)).isFalse();
    }

    @Test
    void tellsNamesFromPatterns() {
        assertThat(NamePattern.isLiteral("orders_2026")).isTrue();
        assertThat(NamePattern.isLiteral("orders_*")).isFalse();
        assertThat(NamePattern.isLiteral("order?")).isFalse();
    }

    @Test
    void staysFastOnPatternsMadeToBeSlow() {
        String name = "a".repeat(5_000);
        assertThat(NamePattern.matches("*a".repeat(50) + "b", name)).isFalse();
    }
}
