package dev.sluice.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stored bytes and the JSON they become. */
class CellTextTest {
    private final JsonBuffer out = new JsonBuffer();

    @ParameterizedTest
    @CsvSource({
        "800000000f423f0000, 18, 4, 999999.0000",
        "7fffffffff, 10, 2, 0.00",
        "810dfb38d204d2, 14, 4, 1234567890.1234",
        "7ef204c72dfb2d, 14, 4, -1234567890.1234",
        "80, 1, 0, 0",
        "89, 1, 0, 9",
        "76, 1, 0, -9"
    })
    void decimals(String hex, int precision, int scale, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        out.size = DecimalText.write(out, 0, bytes, 0, precision, scale);
        assertThat(bytes).hasSize(DecimalText.storedBytes(precision, scale));
        assertThat(written()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "800000, 0, 00:00:00",
        "7fffff, 0, -00:00:01",
        "7fffffce, 1, -00:00:00.5",
        "7ffffece, 2, -00:00:01.50",
        "b46efb, 0, 838:59:59",
        "4b9105, 0, -838:59:59",
        "800000000001, 6, 00:00:00.000001",
        "7fffffffffff, 6, -00:00:00.000001"
    })
    void times(String hex, int fsp, String text) {
        out.size = TemporalText.time(out, 0, HexFormat.of().parseHex(hex), 0, fsp);
        assertThat(written()).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0000-00-00 00:00:00",
        "1, 1970-01-01 00:00:01",
        "951782400, 2000-02-29 00:00:00",
        "1709251199, 2024-02-29 23:59:59",
        "2147483647, 2038-01-19 03:14:07",
        "4294967295, 2106-02-07 06:28:15"
    })
    void timestamps(long seconds, String text) {
        out.size = TemporalText.epoch(out, 0, seconds, 0, 0);
        assertThat(written()).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1", "0.1, 0.1", "1e15, 1e15", "999999999999999, 999999999999999", "2e-3, 0.002", "1e-14, 0.00000000000001",
        "1e-16, 1e-16", "1.5e300, 1.5e300", "2e23, 2e23", "9007199254740993, 9.007199254740992e15", "-0.0, -0",
                "123456.789, 123456.789",
        "4.9e-324, 5e-324", "1.7976931348623157e308, 1.7976931348623157e308"
    })
    void doublesHaveTheFewestDigits(String number, String text) {
        out.size = FloatText.writeDouble(out, 0, Double.parseDouble(number));
        assertThat(written()).isEqualTo(text);
    }

    @Test
    void randomFloatingPointNumbersReadBackAsThemselvesAndNoShorterOnesDo() {
        long seed = System.nanoTime();
        System.out.println("floating-point text seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            double number = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt() / 1000d;
            if (Double.isFinite(number)) {
                out.reset();
                out.size = FloatText.writeDouble(out, 0, number);
                shortest(written(), text -> Double.parseDouble(text) == number);
            }
            float single = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : random.nextInt(10_000) / 100f;
            if (Float.isFinite(single)) {
                out.reset();
                out.size = FloatText.writeFloat(out, 0, single);
                shortest(written(), text -> Float.parseFloat(text) == single);
            }
        }
    }

    /** Of the decimals with a digit less, only the two next to the number could read back as it. */
    private static void shortest(String text, Predicate<String> readsBack) {
        assertThat(readsBack.test(text)).as(text).isTrue();
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        // whole numbers below the exact limit are written with all their digits
        if (exact.precision() > 1 && exact.scale() > 0) {
            int digits = exact.precision() - 1;
            for (RoundingMode mode : List.of(RoundingMode.UP, RoundingMode.DOWN)) {
                String shorter = exact.round(new MathContext(digits, mode)).toString();
                assertThat(readsBack.test(shorter))
                        .as("%s for %s", shorter, text)
                        .isFalse();
            }
        }
    }

    @Test
    void integersHaveTheirExactDigits() {
        Random random = new Random(43);
        for (int i = 0; i < 100_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            out.reset();
            out.size = out.number(0, number);
            assertThat(written()).isEqualTo(Long.toString(number));
            out.reset();
            out.size = out.unsigned(0, number);
            assertThat(written()).isEqualTo(Long.toUnsignedString(number));
        }
        out.reset();
        out.size = out.number(0, Long.MIN_VALUE);
        assertThat(written()).isEqualTo("-9223372036854775808");
    }

    @Test
    void textIsEscapedAsJsonDemandsAndNoFurther() {
        Random random = new Random(44);
        String alphabet = "abcdefgh\"\\\n\t\r\b\f\u0001\u001f\u007f\u00e9\u4e2d\ud83d\ude00/";
        int[] codePoints = alphabet.codePoints().toArray();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            StringBuilder expected = new StringBuilder("\"");
            for (int k = random.nextInt(40); k > 0; k--) {
                int c = codePoints[random.nextInt(3) == 0 ? random.nextInt(codePoints.length) : random.nextInt(8)];
                text.appendCodePoint(c);
                switch (c) {
                    case '"' -> expected.append("\\\"");
                    case '\\' -> expected.append("\\\\");
                    case '\n' -> expected.append("\\n");
                    case '\t' -> expected.append("\\t");
                    case '\r' -> expected.append("\\r");
                    case '\b' -> expected.append("\\b");
                    case '\f' -> expected.append("\\f");
                    case 1 -> expected.append("\\u0001");
                    case 0x1f -> expected.append("\\u001f");
                    default -> expected.appendCodePoint(c);
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            out.reset();
            out.size = out.quoted(0, bytes, 0, bytes.length);
            assertThat(written()).isEqualTo(expected.append('"').toString());
            byte[] amongOthers = ("\"\n" + text + "\\\n\"\\\n\"\\\n").getBytes(StandardCharsets.UTF_8);
            out.reset();
            out.size = out.quoted(0, amongOthers, 2, 2 + bytes.length);
            assertThat(written()).isEqualTo(expected.toString());
        }
    }

    /** Much is stored by words that reach beyond its end; and what follows a cell finds room for a piece. */
    @Test
    void everyCellFindsRoomAtTheEndOfTheBuffer() {
        byte[] text = "a \"text\" with \n and \u0001".getBytes(StandardCharsets.UTF_8);
        byte[] document = HexFormat.of().parseHex("00010018000b0001000c0c006b0b6f6e6520746578742e2e2e00");
        Map<String, ToIntBiFunction<JsonBuffer, Integer>> cells = new LinkedHashMap<>();
        cells.put("-9223372036854775808", (buffer, at) -> buffer.number(at, Long.MIN_VALUE));
        cells.put("18446744073709551615", (buffer, at) -> buffer.unsigned(at, -1));
        cells.put("7", (buffer, at) -> buffer.number(at, 7));
        cells.put("null", JsonBuffer::nullValue);
        cells.put("raw", (buffer, at) -> buffer.raw(at, new byte[] {'r', 'a', 'w'}));
        cells.put(":", (buffer, at) -> buffer.ascii(at, ':'));
        cells.put(", ", (buffer, at) -> buffer.pair(at, ',', ' '));
        cells.put("\u00e9", (buffer, at) -> buffer.character(at, '\u00e9'));
        cells.put("\\u0001", (buffer, at) -> buffer.character(at, 1));
        cells.put("-1.7976931348623157e308", (buffer, at) -> FloatText.writeDouble(buffer, at, -Double.MAX_VALUE));
        cells.put("99999999999.5", (buffer, at) -> FloatText.writeDouble(buffer, at, 99_999_999_999.5));
        cells.put(
                "\"-838:59:59.000000\"", (buffer, at) -> TemporalText.signedTime(buffer, at, true, 838, 59, 59, 0, 6));
        cells.put(
                "\"2106-02-07 06:28:15.999999\"",
                (buffer, at) -> TemporalText.epoch(buffer, at, 4_294_967_295L, 999_999, 6));
        cells.put("\"0000-00-00\"", (buffer, at) -> TemporalText.date(buffer, at, 0));
        cells.put("\"a \\\"text\\\" with \\n and \\u0001\"", (buffer, at) -> buffer.quoted(at, text, 0, text.length));
        cells.put(
                "\\\"a \\\\\\\"text\\\\\\\" with \\\\n and \\\\u0001\\\"",
                (buffer, at) -> buffer.quotedTwice(at, text, 0, text.length));
        cells.put("\\\"text\\\"", (buffer, at) -> buffer.quotedTwice(at, text, 3, 7));
        cells.put("\"AAAA\"", (buffer, at) -> Base64Text.write(buffer, at, new byte[3], 0, 3, 0));
        cells.put("{\\\"k\\\": \\\"one text...\\\"}", (buffer, at) -> new JsonDocument()
                .render(buffer, at, document, 0, document.length));
        cells.put(
                "0." + "0".repeat(29) + "9",
                (buffer, at) -> DecimalText.write(
                        buffer, at, HexFormat.of().parseHex("8000000000000000000000000009"), 0, 30, 30));
        cells.forEach((expected, cell) -> {
            for (int left = 0; left < 64; left++) {
                JsonBuffer nearlyFull = new JsonBuffer();
                int start = nearlyFull.bytes.length - left;
                int end = cell.applyAsInt(nearlyFull, start);
                assertThat(new String(nearlyFull.bytes, start, end - start, StandardCharsets.UTF_8))
                        .isEqualTo(expected);
                assertThat(nearlyFull.bytes.length - end).isGreaterThanOrEqualTo(JsonBuffer.PIECE);
            }
        });
    }

    @Test
    void binaryIsBase64WithTheZerosTheServerLeavesOut() {
        for (int length = 0; length < 12; length++) {
            for (int zeros = 0; zeros < 8; zeros++) {
                byte[] bytes = new byte[length];
                new Random(length).nextBytes(bytes);
                out.reset();
                out.size = Base64Text.write(out, 0, bytes, 0, length, zeros);
                byte[] padded = Arrays.copyOf(bytes, length + zeros);
                assertThat(written()).isEqualTo('"' + Base64.getEncoder().encodeToString(padded) + '"');
            }
        }
    }

    @Test
    void aLatin1ByteWithoutACharacterIsAControlCharacter() {
        out.size = TextCharset.named("latin1")
                .quoted(out, 0, new byte[] {(byte) 0x80, (byte) 0x81, (byte) 0xff, '"'}, 0, 4);
        assertThat(written()).isEqualTo("\"\u20ac\u0081\u00ff\\\"\"");
    }

    private String written() {
        return new String(out.bytes, 0, out.size, StandardCharsets.UTF_8);
    }
}
