package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineScannerTest {
    @Test
    void tellsEveryKindOfLine() {
        assertThat(kinds("""
                        {"tx":{"file":"f"}}
                        {"table":1}
                        {"op":"c","t":1}
                        {"ddl":{"sql":"DROP"}}
                        {"commit":2}
                        {"position":{}}
                        {"claim":{}}
                        {"snapshot":{}}
                        """))
                .containsExactly(
                        LineKind.TRANSACTION,
                        LineKind.TABLE,
                        LineKind.ROW,
                        LineKind.DDL,
                        LineKind.COMMIT,
                        LineKind.POSITION,
                        LineKind.CLAIM,
                        LineKind.SNAPSHOT);
    }

    @Test
    void readsALastLineWithoutItsNewline() {
        assertThat(kinds("{\"commit\":2}\n{\"table\":1}")).containsExactly(LineKind.COMMIT, LineKind.TABLE);
    }

    @Test
    void givesTheLineWithoutItsNewline() {
        byte[] body = "{\"table\":1}\n{\"commit\":2}\n".getBytes(StandardCharsets.US_ASCII);
        LineScanner lines = new LineScanner().over(body);
        lines.next();
        lines.next();
        assertThat(new String(body, lines.from(), lines.to() - lines.from(), StandardCharsets.US_ASCII))
                .isEqualTo("{\"commit\":2}");
        assertThat(lines.next()).isFalse();
        assertThat(lines.over(new byte[0]).next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "{}\n",
                "[1,2,3]\n",
                "{\"x\":12345}\n",
                " {\"table\":1}\n",
                "{\"op\"\n",
                "{\"surprise\":1}\n",
                "{\"table2\":1}\n"
            })
    void refusesLinesItDoesNotKnow(String body) {
        assertThatThrownBy(() -> kinds(body))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("at byte 0");
    }

    private static List<LineKind> kinds(String body) {
        LineScanner lines = new LineScanner().over(body.getBytes(StandardCharsets.UTF_8));
        List<LineKind> kinds = new ArrayList<>();
        while (lines.next()) {
            kinds.add(lines.kind());
        }
        return kinds;
    }
}
