package dev.sluice.change.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Hashes key values so that values a database holds equal always get one hash, whatever the collation.
 *
 * <p>Text is first brought to a form <em>coarser</em> than the collations: coarser only costs spread, finer would let two
 * changes of one key race. What counts of it are digits and the consonants b c d f g k l n p q r s t x z, m as n, no
 * letter twice in a row; case, accents, vowels, punctuation and white space count as nothing, and so does what has no
 * such letters in it. That little is left because collations hold so much equal: German ones ä and ae, Swedish ones v
 * and w, ü and y, latin1's Ä and {@code [}, Danish ones å and aa, Lithuanian ones i and y, c and ch, Roman ones i and j,
 * u and v. {@code KeyHashCollationIT} checks it against every collation of real servers.
 *
 * <p>Not covered, for no one form can be right for these and all others: in the old {@code general_ci} and
 * {@code unicode_ci} collations every character beyond U+FFFF equals every other, so there 𝐁 (which newer collations hold
 * equal to B) and 😀 differ here; {@code utf8mb4_hu_0900_ai_ci} holds ccs and cscs equal; and the tables of
 * {@code big5_chinese_ci}, {@code cp1251_bulgarian_ci}, {@code cp1257_lithuanian_ci}, {@code latin2_general_ci},
 * {@code latin2_hungarian_ci} and {@code tis620_thai_ci} hold some letters or digits equal to signs that have nothing to
 * do with them (latin2_general_ci: ß and đ and control characters).
 *
 * <p>The result is part of the contract between services: it never changes. Not thread-safe.
 */
public final class KeyHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final byte[] FOLD = new byte[128];

    static {
        for (char c : "0123456789bcdfgklnpqrstxz".toCharArray()) {
            FOLD[c] = FOLD[Character.toUpperCase(c)] = (byte) c;
        }
        FOLD['m'] = FOLD['M'] = 'n';
    }

    private long state;
    private byte last;

    public KeyHash start() {
        state = OFFSET;
        return this;
    }

    /** Adds a number, date or binary cell: its JSON bytes count as they are. */
    public KeyHash exact(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            mix(json[i]);
        }
        mix((byte) 0x1f);
        return this;
    }

    /** Adds a text cell, a JSON string with its quotes, in its coarse form. */
    public KeyHash text(byte[] json, int from, int to) {
        last = 0;
        for (int i = from + 1; i < to - 1; i++) {
            if (json[i] < 0 || json[i] == '\\') {
                return slowText(CellText.decode(json, from, to));
            }
        }
        for (int i = from + 1; i < to - 1; i++) {
            fold(json[i]);
        }
        mix((byte) 0x1f);
        return this;
    }

    /** The hash of what was added since {@link #start()}. */
    public long finish() {
        long h = state;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    /** The partition of a hash. */
    public static int partition(long hash, int partitions) {
        return (int) Long.remainderUnsigned(hash, partitions);
    }

    /** The hash of a table's name, by which tables that keep to one partition are spread. */
    public static long ofTable(String schema, String table) {
        byte[] name = (schema + "." + table).getBytes(StandardCharsets.UTF_8);
        return new KeyHash().start().exact(name, 0, name.length).finish();
    }

    private KeyHash slowText(String text) {
        String plain = Normalizer.normalize(text.toUpperCase(Locale.ROOT), Normalizer.Form.NFKD);
        plain = Normalizer.normalize(plain.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        plain.codePoints().forEach(this::foldCodePoint);
        mix((byte) 0x1f);
        return this;
    }

    private void foldCodePoint(int c) {
        if (c < 128) {
            fold((byte) c);
            return;
        }
        String ascii = KeyLetters.of(c);
        for (int i = 0; i < ascii.length(); i++) {
            fold((byte) ascii.charAt(i));
        }
    }

    private void fold(byte ascii) {
        byte folded = FOLD[ascii];
        if (folded != 0 && (folded != last || folded < 'a')) {
            mix(folded);
            last = folded;
        }
    }

    private void mix(byte b) {
        state = (state ^ (b & 0xff)) * PRIME;
    }
}
