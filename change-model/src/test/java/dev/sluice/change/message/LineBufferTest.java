package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LineBufferTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesNumbersInDecimal(long value) {
        assertThat(text(new LineBuffer(1).number(value))).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 0x0123456789abcdefL, Long.MIN_VALUE})
    void writesHashesAsSixteenDigits(long value) {
        assertThat(text(new LineBuffer(1).hash(value))).isEqualTo(String.format("\"%016x\"", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"\\\n\r\t\b\f\u0000\u001f", "é東😀", "a/b", "\u2028\u007f"})
    void writesStringsThatJsonParsersReadBack(String value) {
        byte[] json = new LineBuffer(1).string(value).toByteArray();
        assertThat(JsonMapper.shared().readValue(json, String.class)).isEqualTo(value);
        assertThat(CellText.decode(json, 0, json.length)).isEqualTo(value);
    }

    @Test
    void forgetsWhatIsTruncatedAndKeepsWhatWasCopied() {
        LineBuffer buffer = new LineBuffer(4).ascii("one").put('\n');
        byte[] copy = buffer.toByteArray();
        buffer.ascii("two").truncate(4);
        buffer.put(new byte[] {'x', 'y', 'z'}, 1, 3);
        assertThat(text(buffer)).isEqualTo("one\nyz");
        assertThat(new String(copy, StandardCharsets.US_ASCII)).isEqualTo("one\n");
        buffer.clear();
        assertThat(buffer.length()).isZero();
    }

    private static String text(LineBuffer buffer) {
        return new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
    }
}
