package dev.sluice.change.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErrorCodecTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void anEntryIsReadBackAsWrittenWithEveryDigitAndNull() {
        Map<String, JsonNode> after = new LinkedHashMap<>();
        after.put("id", JSON.readTree("18446744073709551615"));
        after.put("total", JSON.readTree("\"17.50\""));
        after.put("note", JSON.readTree("null"));
        ErrorEntry entry = new ErrorEntry(
                "p",
                3,
                2,
                17,
                4,
                ErrorEntry.State.PARKED,
                "shop",
                "orders",
                "copy",
                "orders",
                "u",
                after,
                after,
                List.of("note"),
                "too long",
                "22001",
                1,
                "binlog.000001",
                4,
                null,
                1_700_000_000_000_000L,
                Instant.parse("2026-11-21T09:30:00.123456Z"));
        assertThat(ErrorCodec.entry(ErrorCodec.encode(entry))).isEqualTo(entry);
    }

    @Test
    void aCommandIsReadBackAsWritten() {
        RepairCommand command = new RepairCommand(
                RepairCommand.Action.RETRY, "copy", "orders", 2, 17, Map.of("note", JSON.readTree("\"a\"")), "ann");
        assertThat(ErrorCodec.command(ErrorCodec.encode(command))).isEqualTo(command);
    }

    @Test
    void whatIsNeitherIsRefused() {
        for (String text : List.of("null", "[]", "{\"action\":\"DANCE\"}", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ErrorCodec.command(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
