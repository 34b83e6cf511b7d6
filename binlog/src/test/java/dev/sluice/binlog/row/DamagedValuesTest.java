package dev.sluice.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.binlog.protocol.ByteCursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no server writes and would cost without end. */
class DamagedValuesTest {
    /** Rows without columns have no bytes, so that there would be no end of them. */
    @Test
    void aTableWithoutColumnsIsRefused() {
        byte[] map = {1, 's', 0, 1, 't', 0, 0, 0};
        assertThatThrownBy(() -> new TableMap(new ByteCursor(map, 0, map.length), MapRules.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 columns");
    }

    /** It would be written as characters that are no digits, quotes among them. */
    @ParameterizedTest
    @CsvSource({"ffffffff, 9, 0", "8065, 2, 1", "803fffffff00, 10, 9", "bb9aca00, 9, 0"})
    void aDecimalWithMoreThanItsDigitsIsRefused(String hex, int precision, int scale) {
        byte[] stored = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> DecimalText.write(new JsonBuffer(), 0, stored, 0, precision, scale))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a decimal with ");
    }

    @Test
    void aDocumentThatNamesOneTextManyTimesIsRefused() {
        int members = 8_000;
        int text = 30_000;
        ByteBuffer document = ByteBuffer.allocate(60_000).order(ByteOrder.LITTLE_ENDIAN);
        document.put((byte) 2).putShort((short) members).putShort((short) 59_000);
        int start = 4 + 3 * members;
        for (int i = 0; i < members; i++) {
            document.put((byte) 0x0c).putShort((short) start);
        }
        document.put((byte) (text & 127 | 128))
                .put((byte) (text >> 7 & 127 | 128))
                .put((byte) (text >> 14));
        JsonBuffer out = new JsonBuffer();
        assertThatThrownBy(() -> new JsonDocument().render(out, 0, document.array(), 0, document.capacity()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contains itself");
        assertThat(out.bytes.length).isLessThan(4_000_000);
    }
}
