package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageHeaderTest {
    @Test
    void readsWhatItWrites() {
        MessageHeader header = new MessageHeader(MessageHeader.Kind.ROWS, 3, 5_000_000_000L, 12, 4_999_999_000L, 77);
        assertThat(MessageHeader.of("rows", header.toHeaders())).isEqualTo(header);
        assertThat(header.lastSeq()).isEqualTo(5_000_000_011L);
    }

    @Test
    void theLastJumpIsNamedOnceThereWasOne() {
        MessageHeader header = new MessageHeader(MessageHeader.Kind.ROWS, 3, 7, 1, 6, 0, null, 2);
        assertThat(MessageHeader.of("rows", header.toHeaders())).isEqualTo(header);
        assertThat(new MessageHeader(MessageHeader.Kind.ROWS, 3, 7, 1, 6, 0).toHeaders())
                .doesNotContainKey("reset");
    }

    @Test
    void saysOnlyOfWhatComesAgainThatItDoes() {
        MessageHeader header = new MessageHeader(MessageHeader.Kind.ROWS, 3, 7, 1, 6, 9, null, 0, false, true);
        assertThat(MessageHeader.of("rows", header.toHeaders())).isEqualTo(header);
        assertThat(new MessageHeader(MessageHeader.Kind.ROWS, 3, 7, 1, 6, 9).toHeaders())
                .doesNotContainKey("again");
    }

    @Test
    void saysUpToWhereACaptureRepeats() {
        MessageHeader header =
                MessageHeader.ofLog(MessageHeader.Kind.ROWS, 3, 7, 1, 6, "{\"ddl\":true}", "9 400 bin.1", 2);
        assertThat(MessageHeader.of("rows", header.toHeaders())).isEqualTo(header);
        assertThat(new MessageHeader(MessageHeader.Kind.ROWS, 3, 7, 1, 6, 0).toHeaders())
                .doesNotContainKey("repeats");
    }

    @Test
    void headerOfASourceLogHasNoSourceSeq() {
        MessageHeader header = new MessageHeader(MessageHeader.Kind.CLAIM, 3, 41, 0, 41, 0);
        assertThat(header.toHeaders()).doesNotContainKey("sourceSeq");
        assertThat(MessageHeader.of("claim", header.toHeaders())).isEqualTo(header);
        assertThat(header.lastSeq()).isEqualTo(40);
    }

    @Test
    void readsBackTheCaptureFilter() {
        MessageHeader header = new MessageHeader(MessageHeader.Kind.ROWS, 3, 41, 2, 40, 0, "{\"ddl\":true}", 0);
        assertThat(MessageHeader.of("rows", header.toHeaders())).isEqualTo(header);
    }

    @Test
    void refusesUnknownTypesAndMissingHeaders() {
        assertThatThrownBy(() -> MessageHeader.of("surprise", Map.of())).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> MessageHeader.of(null, Map.of())).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> MessageHeader.of("rows", Map.of("epoch", 1)))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("'seq'");
        assertThatThrownBy(() -> MessageHeader.of("rows", Map.of("epoch", "1"))).isInstanceOf(MalformedMessage.class);
    }
}
