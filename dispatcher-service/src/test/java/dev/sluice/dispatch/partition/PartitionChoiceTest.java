package dev.sluice.dispatch.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CacheRule;
import dev.sluice.change.message.Column;
import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.TableLine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionChoiceTest {
    private static final int ONE = KeyHash.partition(KeyHash.ofTable("copy", "sales"), 16);

    @Test
    void onlyAPrimaryKeyAloneSpreadsRows() {
        assertThat(PartitionChoice.of(table(List.of(0), List.of(), null), 16)).isEqualTo(PartitionChoice.BY_KEY);
        assertThat(PartitionChoice.of(table(List.of(0), List.of(List.of(1)), null), 16))
                .isEqualTo(ONE);
        assertThat(PartitionChoice.of(table(List.of(), List.of(), null), 16)).isEqualTo(ONE);
        assertThat(PartitionChoice.of(table(List.of(), List.of(List.of(1)), null), 16))
                .isEqualTo(ONE);
    }

    @Test
    void cacheKeysMustHoldThePrimaryKeyToSpreadRows() {
        assertThat(PartitionChoice.of(table(List.of(0), List.of(), "order:{id}"), 16))
                .isEqualTo(PartitionChoice.BY_KEY);
        assertThat(PartitionChoice.of(table(List.of(1), List.of(), "order:{mail}"), 16))
                .as("target name")
                .isEqualTo(PartitionChoice.BY_KEY);
        assertThat(PartitionChoice.of(table(List.of(0), List.of(), "order:{email}"), 16))
                .isEqualTo(ONE);
        assertThat(PartitionChoice.of(table(List.of(0, 1), List.of(), "order:{id}"), 16))
                .isEqualTo(ONE);
    }

    private static TableLine table(List<Integer> key, List<List<Integer>> unique, @Nullable String cacheKey) {
        return new TableLine(
                1,
                "shop",
                "orders",
                List.of(new Column("id", "int"), new Column("email", "text", "mail", false)),
                key,
                unique,
                new TableLine.Target("copy", "sales"),
                cacheKey == null ? null : new CacheRule(cacheKey, CacheRule.Format.JSON, null));
    }
}
