package dev.sluice.redissink.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {
    @Test
    void cutsLiteralsAndColumns() {
        assertThat(KeyTemplate.parse("shop:{a}:{ b }!").parts())
                .isEqualTo(List.of(
                        new KeyTemplate.Part("shop:", false),
                        new KeyTemplate.Part("a", true),
                        new KeyTemplate.Part(":", false),
                        new KeyTemplate.Part("b", true),
                        new KeyTemplate.Part("!", false)));
    }

    @Test
    void doubledBracesAreBraces() {
        assertThat(KeyTemplate.parse("user:{{{id}}}").parts())
                .isEqualTo(List.of(
                        new KeyTemplate.Part("user:{", false),
                        new KeyTemplate.Part("id", true),
                        new KeyTemplate.Part("}", false)));
    }

    @ParameterizedTest
    @CsvSource({
        "user:{id, without its }",
        "user:id}, without its {",
        "user:{}, without a column's name",
        "user:{a{b}, without a column's name",
        "users, names no column",
        "sluice:watermark:{id}, where Sluice keeps its watermarks"
    })
    void refusesWhatCannotBeAKeyAndSaysWhy(String template, String why) {
        assertThatThrownBy(() -> KeyTemplate.parse(template))
                .isInstanceOf(InvalidCacheRule.class)
                .hasMessageContaining(template)
                .hasMessageContaining(why);
    }

    @Test
    void refusesAnEmptyTemplate() {
        assertThatThrownBy(() -> KeyTemplate.parse("")).isInstanceOf(InvalidCacheRule.class);
    }
}
