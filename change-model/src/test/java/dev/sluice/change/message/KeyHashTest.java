package dev.sluice.change.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a          | A          | case
                    a          | á          | accents
                    résumé     | RESUME     | accents and case
                    x          | `x `       | trailing space
                    `tab\t`    | tab        | trailing tab
                    x-1        | x1         | punctuation, which some collations pass over
                    ß          | ss         | German
                    ß          | s          | utf8mb4_general_ci
                    STRASSE    | straße     | German
                    ä          | ae         | latin1_german2_ci
                    Ä          | [          | latin1_swedish_ci
                    Å          | aa         | Danish
                    ø          | ö          | Danish
                    ü          | y          | Swedish
                    w          | v          | Swedish
                    i          | y          | Lithuanian
                    ch         | c          | Lithuanian
                    i          | j          | utf8mb4_roman_ci
                    u          | v          | utf8mb4_roman_ci
                    ð          | d          | Icelandic
                    þ          | th         | Icelandic
                    ł          | l          | Polish
                    ŉ          | 'n         | Afrikaans
                    Ĳ          | ij         | Dutch
                    ﬁ          | fi         | ligature
                    １２３     | 123        | full-width digits
                    ＡＢＣ     | abc        | full-width letters
                    ٣          | 3          | Arabic digit
                    ②          | 2          | circled digit
                    ❷          | 2          | black circled digit
                    Ⅻ          | XII        | Roman number
                    𝐁          | b          | mathematical letter
                    ſ          | s          | long s
                    K          | k          | Kelvin sign
                    İ          | i          | Turkish
                    か          | カ         | kana
                    é          | é         | composed and decomposed
                    """)
    void valuesThatSomeCollationHoldsEqualHaveOneHash(String one, String other, String why) {
        assertThat(text(one)).as(why).isEqualTo(text(other));
    }

    @Test
    void escapedAndPlainTextHaveOneHash() {
        assertThat(json("\"B\\u0062\"")).isEqualTo(json("\"bb\""));
        assertThat(json("\"b\\\"d\"")).isEqualTo(json("\"b'd\""));
        assertThat(json("\"\\ud835\\udc01\"")).isEqualTo(json("\"b\""));
    }

    @Test
    void numberOfColumnsAndTheirOrderCount() {
        assertThat(columns("b", "c")).isNotEqualTo(columns("bc")).isNotEqualTo(columns("c", "b"));
        assertThat(columns("b", "")).isNotEqualTo(columns("b"));
    }

    @Test
    void exactCellsDifferInEveryByte() {
        assertThat(exact("1")).isNotEqualTo(exact("2")).isNotEqualTo(exact("11"));
        assertThat(exact("\"YWE=\"")).isNotEqualTo(exact("\"YWF=\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-", "4f9a", "user", "SKU-00-"})
    void textKeysWithNumbersSpreadOverThePartitions(String prefix) {
        int partitions = 8;
        int[] counts = new int[partitions];
        for (int i = 0; i < 8_000; i++) {
            counts[KeyHash.partition(text(prefix + i), partitions)]++;
        }
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }

    @Test
    void numbersSpreadOverThePartitions() {
        int[] counts = new int[32];
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 32_000; i++) {
            long hash = exact(Integer.toString(i));
            hashes.add(hash);
            counts[KeyHash.partition(hash, 32)]++;
        }
        assertThat(hashes).hasSize(32_000);
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }

    /** What is in queues and logs was routed by these; a change here would let two changes of one key race. */
    @ParameterizedTest
    @CsvSource({
        "exact, 1, 12854c5c9f1ebab4",
        "exact, 18446744073709551615, 51c735bde1ff43ff",
        "exact, \"2026-11-21 09:30:00.123456\", ec8f7a6643e0df0a",
        "exact, \"AAECAw==\", 14a7ed456449e529",
        "text, \"customer-4711\", b897fa05d1d1ac3c",
        "text, \"Straße 7\", 977315d67477a9f9",
        "text, \"\", 36610c0f0fbc67ca",
        "text, \"東京\", 36610c0f0fbc67ca",
    })
    void hashesNeverChange(String kind, String cell, String hash) {
        assertThat(Long.toHexString(kind.equals("exact") ? exact(cell) : json(cell)))
                .isEqualTo(hash);
    }

    @Test
    void tableHashesAndPartitionsNeverChange() {
        assertThat(Long.toHexString(KeyHash.ofTable("shop", "orders"))).isEqualTo("cf6001dbaa0b4557");
        assertThat(KeyHash.partition(0xfedcba9876543210L, 7)).isEqualTo(2);
        assertThat(KeyHash.partition(-1, 8)).isEqualTo(7);
    }

    private static long text(String text) {
        return json(new String(new LineBuffer(16).string(text).toByteArray(), StandardCharsets.UTF_8));
    }

    private static long json(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new KeyHash().start().text(bytes, 0, bytes.length).finish();
    }

    private static long exact(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new KeyHash().start().exact(bytes, 0, bytes.length).finish();
    }

    private static long columns(String... texts) {
        KeyHash hash = new KeyHash().start();
        for (String text : texts) {
            byte[] bytes = new LineBuffer(16).string(text).toByteArray();
            hash.text(bytes, 0, bytes.length);
        }
        return hash.finish();
    }
}
