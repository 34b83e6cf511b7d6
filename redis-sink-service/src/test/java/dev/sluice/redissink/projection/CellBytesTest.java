package dev.sluice.redissink.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.LineBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellBytesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890",
                "-0.5",
                "\"\"",
                "\"plain\"",
                "\"a\\\"b\\\\c\\/d\\n\\r\\t\\b\\f\"",
                "\"\\u0001 and \\ud83d\\ude00 and 😀\"",
                "\"before\\nthen \\u00e9\"",
                "\"ends with \\\\\""
            })
    void saysWhatCellTextSays(String json) {
        assertSame(json);
    }

    @Test
    void saysWhatCellTextSaysOfRandomText() {
        Random random = new Random(7);
        String alphabet = "ab\"\\\n\r\t\b\fé€😀\u0001 ";
        for (int n = 0; n < 5_000; n++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(12), 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
            if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                LineBuffer json = new LineBuffer(16).string(text.toString());
                assertThat(bytes(json.toByteArray())).isEqualTo(text.toString());
            }
        }
    }

    private static void assertSame(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes(bytes)).isEqualTo(CellText.decode(bytes, 0, bytes.length));
    }

    private static String bytes(byte[] json) {
        LineBuffer out = new LineBuffer(4).ascii("x");
        CellBytes.append(json, 0, json.length, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8).substring(1);
    }
}
