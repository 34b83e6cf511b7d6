package dev.sluice.binlog.row;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The code points of a character set with one, two or, behind 0x8f, three bytes a character, as MySQL converts them.
 *
 * <p>Source: the server itself for single bytes; Java's character sets and the differences to the server for the others.
 */
final class CodeTable {
    private static final int NONE = -1;
    private static final int THREE_BYTES = 0x8f;
    private static final int PRIVATE_USE = 0xe000;
    private static final int CELLS = 94;
    private static final Map<String, int[]> SINGLE = loadSingle();
    private static final Map<String, String> JAVA_NAMES = Map.of(
            "big5", "Big5",
            "gb2312", "GB2312",
            "gbk", "GBK",
            "sjis", "Shift_JIS",
            "cp932", "windows-31j",
            "ujis", "EUC-JP",
            "eucjpms", "x-eucJP-Open",
            "euckr", "x-windows-949");
    private static final Map<String, CodeTable> TABLES = new ConcurrentHashMap<>();

    private final String name;
    private final int[] singles;
    private final int[] pairs;
    private final int[] triples;

    private CodeTable(String name, int[] singles, int[] pairs, int[] triples) {
        this.name = name;
        this.singles = singles;
        this.pairs = pairs;
        this.triples = triples;
    }

    /** The table of a character set, null if the set has another structure. */
    static @Nullable CodeTable of(String name) {
        if (!SINGLE.containsKey(name) && !JAVA_NAMES.containsKey(name)) {
            return null;
        }
        return TABLES.computeIfAbsent(name, CodeTable::build);
    }

    /** Writes the characters of the text without quotes; where they end. */
    int write(JsonBuffer out, int put, byte[] in, int from, int to) {
        int at = put;
        int i = from;
        while (i < to) {
            int first = in[i] & 0xff;
            int codePoint = singles[first];
            int length = 1;
            if (codePoint == NONE && pairs.length > 0) {
                length = first == THREE_BYTES && triples.length > 0 ? 3 : 2;
                if (i + length <= to) {
                    int code = (in[i + length - 2] & 0xff) << 8 | in[i + length - 1] & 0xff;
                    codePoint = (length == 3 ? triples : pairs)[code];
                }
            }
            if (codePoint == NONE) {
                throw new IllegalArgumentException("byte 0x" + Integer.toHexString(first) + " at " + (i - from)
                        + " begins no character of " + name);
            }
            at = out.character(at, codePoint);
            i += length;
        }
        return at;
    }

    private static CodeTable build(String name) {
        int[] known = SINGLE.get(name);
        if (known != null) {
            return new CodeTable(name, known, new int[0], new int[0]);
        }
        boolean japaneseUnix = name.equals("ujis") || name.equals("eucjpms");
        CharsetDecoder decoder = Charset.forName(JAVA_NAMES.get(name)).newDecoder();
        int[] singles = new int[256];
        for (int b = 0; b < 256; b++) {
            singles[b] = decode(decoder, new byte[] {(byte) b});
        }
        int[] pairs = new int[1 << 16];
        int[] triples = new int[japaneseUnix ? 1 << 16 : 0];
        Arrays.fill(pairs, NONE);
        Arrays.fill(triples, NONE);
        for (int code = 0x8100; code < 1 << 16; code++) {
            byte first = (byte) (code >> 8);
            byte second = (byte) code;
            if (singles[code >> 8] == NONE && (code & 0xff) >= 0x30) {
                pairs[code] = decode(decoder, new byte[] {first, second});
            }
            if (japaneseUnix && code >= 0xa1a1 && (code & 0xff) >= 0xa1) {
                triples[code] = decode(decoder, new byte[] {(byte) THREE_BYTES, first, second});
            }
        }
        if (japaneseUnix) {
            addPrivateUse(pairs, triples);
        }
        for (String line : Collations.lines("multi-byte-overrides.txt")) {
            String[] words = line.split(" ");
            if (words[0].equals(name)) {
                int code = Integer.parseInt(words[1], 16);
                (code > 0xffff ? triples : pairs)[code & 0xffff] = Integer.parseInt(words[2], 16);
            }
        }
        return new CodeTable(name, singles, pairs, triples);
    }

    /** The rows 0xf5 to 0xfe are the user's own in both planes. */
    private static void addPrivateUse(int[] pairs, int[] triples) {
        for (int row = 0; row < 10; row++) {
            for (int cell = 0; cell < CELLS; cell++) {
                int code = 0xf5 + row << 8 | 0xa1 + cell;
                pairs[code] = PRIVATE_USE + row * CELLS + cell;
                triples[code] = PRIVATE_USE + (10 + row) * CELLS + cell;
            }
        }
    }

    private static int decode(CharsetDecoder decoder, byte[] bytes) {
        try {
            CharBuffer chars = decoder.reset().decode(ByteBuffer.wrap(bytes));
            return chars.length() == 1 ? chars.get(0) : NONE;
        } catch (CharacterCodingException e) {
            return NONE;
        }
    }

    private static Map<String, int[]> loadSingle() {
        Map<String, int[]> tables = new HashMap<>();
        for (String line : Collations.lines("single-byte-charsets.txt")) {
            String[] words = line.split(" ");
            int first = Integer.parseInt(words[1], 16);
            int[] table = new int[256];
            for (int b = 0; b < 256; b++) {
                String word = b < first ? "" : words[2 + b - first];
                table[b] = b < first ? b : word.equals("..") ? NONE : Integer.parseInt(word, 16);
            }
            tables.put(words[0], table);
        }
        return tables;
    }
}
