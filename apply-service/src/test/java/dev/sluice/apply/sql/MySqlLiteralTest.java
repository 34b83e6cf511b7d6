package dev.sluice.apply.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MySqlLiteralTest {
    @Example
    void doublesQuotes() {
        assertThat(text("\"it's\"")).isEqualTo("'it''s'");
        assertThat(text("\"''\"")).isEqualTo("''''''");
        assertThat(text("\"\"")).isEqualTo("''");
    }

    @Example
    void writesABackslashInHexadecimal() {
        assertThat(text("\"a\\\\\"")).isEqualTo("_utf8mb4 x'615C'");
        assertThat(text("\"\\\\' OR 1=1 -- \"")).startsWith("_utf8mb4 x'5C27");
    }

    @Example
    void understandsTheEscapesOfJson() {
        assertThat(text("\"a\\n\\\"\\u0027\"")).isEqualTo("'a\n\"'''");
        assertThat(text("\"\\ud83d\\ude00\"")).isEqualTo("'😀'");
    }

    /** Reads the literal as a server does in its strictest and in its laxest reading of backslashes. */
    @Property(tries = 2_000)
    void endsWhereTheTextEndsInEverySqlMode(@ForAll String text) {
        if (text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
            return;
        }
        LineBuffer json = new LineBuffer(16).string(text);
        String literal = text(new String(json.array(), 0, json.length(), StandardCharsets.UTF_8));

        if (literal.startsWith("_utf8mb4 x'")) {
            byte[] bytes = HexFormat.of().parseHex(literal.substring(11, literal.length() - 1));
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
        } else {
            String inner = literal.substring(1, literal.length() - 1);
            assertThat(literal).startsWith("'").endsWith("'").doesNotContain("\\");
            assertThat(inner.replace("''", "")).doesNotContain("'");
            assertThat(inner.replace("''", "'")).isEqualTo(text);
        }
    }

    @Example
    void takesNothingButDigitsForANumber() {
        assertThat(number("-12.5e+3")).isEqualTo("-12.5e+3");
        assertThat(number("\"12.50\"")).isEqualTo("12.50");
        assertThatThrownBy(() -> number("1;DROP")).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> number("\"\"")).isInstanceOf(MalformedMessage.class);
    }

    @Example
    void comparesASinglePrecisionNumberAsTheDoubleItIs() {
        LineBuffer out = new LineBuffer(16);
        MySqlLiteral.writeFloat(out, bytes("0.1"), 0, 3);
        assertThat(string(out)).isEqualTo("0.10000000149011612E0");
    }

    @Example
    void writesBinaryInHexadecimalAndLongBinaryInBase64() {
        LineBuffer out = new LineBuffer(16);
        byte[] json = bytes("\"AP8n\"");
        MySqlLiteral.writeBinary(out, json, 0, json.length);
        assertThat(string(out)).isEqualTo("x'00FF27'");

        out.clear();
        byte[] longer = bytes("\"" + "A".repeat(5_000) + "\"");
        MySqlLiteral.writeBinary(out, longer, 0, longer.length);
        assertThat(string(out)).isEqualTo("FROM_BASE64('" + "A".repeat(5_000) + "')");
    }

    @Example
    void refusesBinaryThatIsNotBase64() {
        LineBuffer out = new LineBuffer(16);
        byte[] json = bytes("\"" + "A".repeat(5_000) + "')--\"");
        assertThatThrownBy(() -> MySqlLiteral.writeBinary(out, json, 0, json.length))
                .isInstanceOf(MalformedMessage.class);
        byte[] small = bytes("\"')--\"");
        assertThatThrownBy(() -> MySqlLiteral.writeBinary(out, small, 0, small.length))
                .isInstanceOf(MalformedMessage.class);
    }

    private static String text(String json) {
        LineBuffer out = new LineBuffer(16);
        byte[] bytes = bytes(json);
        MySqlLiteral.writeText(out, bytes, 0, bytes.length);
        return string(out);
    }

    private static String number(String json) {
        LineBuffer out = new LineBuffer(16);
        byte[] bytes = bytes(json);
        MySqlLiteral.writeNumber(out, bytes, 0, bytes.length);
        return string(out);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(LineBuffer out) {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
