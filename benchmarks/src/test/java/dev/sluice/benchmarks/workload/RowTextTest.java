package dev.sluice.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTextTest {
    @Test
    void writesTheSameRowsForTheSameSeed() {
        assertThat(rows(1)).isEqualTo(rows(1)).isNotEqualTo(rows(2));
    }

    private static String rows(long seed) {
        RowText text = new RowText(seed);
        StringBuilder sql = new StringBuilder();
        for (int id = 0; id < 100; id++) {
            text.values(sql, id, id);
            text.assignments(sql, id);
        }
        return sql.toString();
    }
}
