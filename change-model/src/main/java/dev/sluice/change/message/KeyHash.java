package dev.sluice.change.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Hashes key values so that values a database holds equal always get one hash, whatever the collation.
 *
 * <p>Text is first brought to a form <em>coarser</em> than any MySQL collation: coarser only costs spread, finer would
 * let two changes of one key race. So case, accents, trailing and other white space, the letter e (German collations
 * hold ä = ae), doubled letters (ß = ss or s, å = aa), y for u (Swedish ü = y) and w for v go, and what is then not
 * ASCII counts as nothing. The result is part of the contract between services: it never changes. Not thread-safe.
 */
public final class KeyHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final byte[] FOLD = new byte[128];

    static {
        for (char c = 0x21; c < 0x7f; c++) {
            FOLD[c] = (byte) Character.toLowerCase(c);
        }
        FOLD['e'] = FOLD['E'] = 0;
        FOLD['y'] = FOLD['Y'] = 'u';
        FOLD['w'] = FOLD['W'] = 'v';
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
        String plain = Normalizer.normalize(text.toUpperCase(java.util.Locale.ROOT), Normalizer.Form.NFKD);
        plain = Normalizer.normalize(plain.toLowerCase(java.util.Locale.ROOT), Normalizer.Form.NFKD);
        plain.codePoints().forEach(this::foldCodePoint);
        mix((byte) 0x1f);
        return this;
    }

    private void foldCodePoint(int c) {
        if (c < 128) {
            fold((byte) c);
            return;
        }
        int digit = Character.digit(c, 10);
        if (digit >= 0) {
            fold((byte) ('0' + digit));
            return;
        }
        // letters that collations hold equal to ASCII ones without a Unicode decomposition
        String ascii =
                switch (c) {
                    case 'ß' -> "s";
                    case 'æ' -> "a";
                    case 'œ', 'ø' -> "o";
                    case 'đ', 'ð', 'ɖ' -> "d";
                    case 'ł' -> "l";
                    case 'þ' -> "th";
                    case 'ı' -> "i";
                    case 'ħ' -> "h";
                    case 'ŧ' -> "t";
                    case 'ŋ' -> "n";
                    case 'ĸ' -> "q";
                    default -> "";
                };
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
