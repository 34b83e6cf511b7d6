package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.config.CacheRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableLineTest {
    @Test
    void readsWhatItWrites() {
        TableLine line = new TableLine(
                3,
                "shop",
                "orders",
                List.of(new Column("id", "int"), new Column("secret", "text", "s", true)),
                List.of(0),
                List.of(List.of(1)),
                new TableLine.Target("copy", "orders"),
                new CacheRule("order:{id}", CacheRule.Format.HASH, Duration.ofMinutes(5)));
        LineBuffer out = new LineBuffer(16);
        Lines.write(out, line);

        assertThat(Lines.table(out.array(), 0, out.length() - 1)).isEqualTo(line);
    }

    @Test
    void readsColumnsWithoutTheMembersOfPartitionQueues() {
        byte[] json =
                "{\"table\":1,\"schema\":\"a\",\"name\":\"b\",\"columns\":[{\"name\":\"id\",\"type\":\"int\"}],\"key\":[0],\"unique\":[]}"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(Lines.table(json, 0, json.length).columns()).containsExactly(new Column("id", "int"));
    }
}
