package dev.sluice.change.config;

import static dev.sluice.change.config.Examples.configuration;
import static dev.sluice.change.config.Examples.mapping;
import static dev.sluice.change.config.Examples.pipeline;
import static dev.sluice.change.config.Examples.withColumns;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetColumnsTest {
    private static final String SET = "channels[0].pipelines[0].mappings[0].set";
    private static final Mapping SHARDS = mapping("shop_*", "orders", "shop", null);

    @Test
    void aDiscriminatorOfManyTablesBelongsToTheKey() {
        assertThat(problems(SHARDS.withSet(List.of(constant("shard", "{schema}", true)))))
                .isEmpty();
        assertThat(problems(SHARDS.withSet(List.of(constant("shard", "{schema}", false)))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(SET + "[0].key");
                    assertThat(problem.fix()).contains("'shard' tells apart the tables that go into shop.orders");
                });
    }

    @Test
    void aNameThatIsTheSameInAllRowsNeedNotBeAKey() {
        assertThat(problems(SHARDS.withSet(List.of(constant("origin", "{table} of eu", false)))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',eu,[0].column",
        "shard,{host},[0].value",
        "shard,eu},[0].value",
        "shard,,[0].value",
        "total,eu,[0].column",
        "sum,eu,[0].column"
    })
    void refusesWhatCannotBeSet(String column, String value, String at) {
        Mapping columns = withColumns(List.of("id", "total", "x"), List.of(), Map.of("x", "sum"));
        assertThat(problems(columns.withSet(List.of(constant(column, value, true)))))
                .singleElement()
                .extracting(ConfigurationProblem::field)
                .isEqualTo(SET + at);
    }

    @Test
    void takesExpressions() {
        assertThat(problems(SHARDS.withSet(List.of(SetColumn.computed("full_name", "CONCAT(first, ' ', last)")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UPPER(a),x,false,[0].expression,stands beside a value",
        "UPPER(a),,true,[0].key,let a value be the key",
        "NOW(),,false,[0].expression,cannot be used",
        "UPPER(a,,false,[0].expression,is no expression",
        ",,false,[0].value,or an expression"
    })
    void refusesWhatIsNoExpression(
            @Nullable String expression, @Nullable String value, boolean key, String at, String fix) {
        SetColumn column = new SetColumn("c", value, expression, key);
        assertThat(problems(SHARDS.withSet(List.of(column)))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(SET + at);
            assertThat(problem.fix()).contains(fix);
        });
    }

    @Test
    void refusesAColumnThatIsSetTwice() {
        assertThat(problems(SHARDS.withSet(List.of(constant("a", "1", true), constant("A", "2", true)))))
                .singleElement()
                .extracting(ConfigurationProblem::field)
                .isEqualTo(SET + "[1].column");
    }

    @Test
    void refusesThemForACache() {
        Configuration cached =
                configuration(pipeline("p", "a", "r", Examples.CACHED.withSet(List.of(constant("site", "eu", false)))));
        assertThat(ConfigurationValidator.problems(cached))
                .singleElement()
                .extracting(ConfigurationProblem::field)
                .isEqualTo(SET);
    }

    @Test
    void mappingsIntoOneTableAgreeOnItsKey() {
        Mapping eu = mapping("eu", "orders", "all", null).withSet(List.of(constant("site", "eu", true)));
        Mapping us = mapping("us", "orders", "all", null);
        assertThat(fixes(eu, us.withSet(List.of(constant("SITE", "us", true))))).isEmpty();
        assertThat(fixes(eu, us)).singleElement().asString().contains("sets the key columns [site], this one none");
        assertThat(fixes(eu, us.withSet(List.of(constant("region", "us", true)))))
                .singleElement()
                .asString()
                .contains("this one [region]");
        assertThat(fixes(eu, us.withSet(List.of(constant("site", "eu", true)))))
                .singleElement()
                .asString()
                .contains("with the same values {site=eu}");
        assertThat(fixes(us, mapping("eu", "orders", "all", null))).isEmpty();
    }

    @Test
    void namesOfTablesTellMappingsApart() {
        List<SetColumn> names = List.of(constant("shard", "{schema}.{table}", true));
        Mapping one = mapping("shop_1", "*", "all", "orders").withSet(names);
        assertThat(fixes(one, mapping("shop_2", "*", "all", "orders").withSet(names)))
                .isEmpty();
        Configuration twoSources = configuration(pipeline("p", "a", "o", one), pipeline("q", "b", "o", one));
        assertThat(ConfigurationValidator.problems(twoSources))
                .singleElement()
                .extracting(ConfigurationProblem::field)
                .isEqualTo("channels[0].pipelines[1].mappings[0].set");
    }

    private static SetColumn constant(String column, String value, boolean key) {
        return new SetColumn(column, value, key);
    }

    private static List<ConfigurationProblem> problems(Mapping mapping) {
        return ConfigurationValidator.problems(configuration(pipeline("p", "a", "b", mapping)));
    }

    private static Stream<String> fixes(Mapping... mappings) {
        return ConfigurationValidator.problems(configuration(pipeline("p", "a", "b", mappings))).stream()
                .map(ConfigurationProblem::fix);
    }
}
