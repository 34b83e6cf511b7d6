package dev.sluice.change.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyConditionTest {
    @Test
    void isWrittenAnew() {
        assertThat(CopyCondition.sql("id >= 100 and (state = 'new' OR NOT paid) AND x IN (1, -2) and y is not null"))
                .isEqualTo("((((`id` >= 100) AND ((`state` = _utf8mb4 X'6e6577') OR (NOT `paid`)))"
                        + " AND (`x` IN (1, (-2)))) AND (`y` IS NOT NULL))");
        assertThat(CopyCondition.sql("mod(id, 10) = 3 AND `or``der` between 1.5 and 7 and n like 'a%'"))
                .isEqualTo("(((MOD(`id`, 10) = 3) AND (`or``der` BETWEEN 1.5 AND 7)) AND (`n` LIKE _utf8mb4 X'6125'))");
    }

    @Test
    void textCannotEndItself() {
        assertThat(CopyCondition.sql("a = 'it''s'")).isEqualTo("(`a` = _utf8mb4 X'69742773')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id IN (SELECT id FROM other)",
                "EXISTS (SELECT 1)",
                "id = (SELECT 1)",
                "SLEEP(10) = 0",
                "GET_LOCK('a', 1)",
                "LOAD_FILE('/etc/passwd') IS NOT NULL",
                "id = 1; DROP TABLE orders",
                "id = @@server_id",
                "id = @x",
                "other.id = 1",
                "id = 1 UNION SELECT 2",
                "COUNT(*) > 1",
                "id = 1 /*! OR SLEEP(1) */ OR BENCHMARK(1, 1)",
                "id =",
                "CASE WHEN 1 THEN 2 END"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> CopyCondition.sql(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
