package dev.sluice.binlog.row;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns text of one MySQL character set into JSON strings: UTF-8 is copied, single-byte sets go through a table taken from
 * the server, the others through Java's decoders. Not safe for concurrent use.
 */
final class TextCharset {
    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("big5", "Big5"),
            Map.entry("gb2312", "GB2312"),
            Map.entry("gbk", "GBK"),
            Map.entry("gb18030", "GB18030"),
            Map.entry("sjis", "Shift_JIS"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("ujis", "EUC-JP"),
            Map.entry("eucjpms", "x-eucJP-Open"),
            Map.entry("euckr", "x-windows-949"),
            Map.entry("ucs2", "UTF-16BE"),
            Map.entry("utf16", "UTF-16BE"),
            Map.entry("utf16le", "UTF-16LE"),
            Map.entry("utf32", "UTF-32BE"));
    private static final int UNDEFINED = -1;
    private static final Map<String, int[]> TABLES = loadTables();

    private final String name;
    private final boolean utf8;
    private final int @Nullable [] table;
    private final @Nullable CharsetDecoder decoder;
    private CharBuffer chars = CharBuffer.allocate(1024);

    private TextCharset(String name, boolean utf8, int @Nullable [] table, @Nullable CharsetDecoder decoder) {
        this.name = name;
        this.utf8 = utf8;
        this.table = table;
        this.decoder = decoder;
    }

    static TextCharset named(String name) {
        if (name.equals("utf8mb4") || name.equals("utf8mb3") || name.equals("utf8")) {
            return new TextCharset(name, true, null, null);
        }
        int[] table = TABLES.get(name);
        if (table != null) {
            return new TextCharset(name, false, table, null);
        }
        String java = JAVA_NAMES.get(name);
        if (java == null || !Charset.isSupported(java)) {
            throw new IllegalArgumentException("character set " + name + " is not supported");
        }
        CharsetDecoder decoder = Charset.forName(java)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new TextCharset(name, false, null, decoder);
    }

    boolean utf8() {
        return utf8;
    }

    /** Writes the text between quotes. */
    void quoted(JsonBuffer out, byte[] in, int from, int to) {
        if (utf8) {
            out.quoted(in, from, to);
            return;
        }
        out.ascii('"');
        if (table != null) {
            for (int i = from; i < to; i++) {
                int codePoint = table[in[i] & 0xff];
                if (codePoint == UNDEFINED) {
                    throw new IllegalArgumentException(
                            "byte " + Integer.toHexString(in[i] & 0xff) + " is no character of " + name);
                }
                out.character(codePoint);
            }
        } else {
            CharBuffer decoded = decode(in, from, to);
            for (int i = 0; i < decoded.limit(); i++) {
                char c = decoded.get(i);
                if (Character.isHighSurrogate(c) && i + 1 < decoded.limit()) {
                    out.character(Character.toCodePoint(c, decoded.get(++i)));
                } else {
                    out.character(c);
                }
            }
        }
        out.ascii('"');
    }

    String text(byte[] in, int from, int to) {
        if (utf8) {
            return new String(in, from, to - from, StandardCharsets.UTF_8);
        }
        if (table == null) {
            return decode(in, from, to).toString();
        }
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            int codePoint = table[in[i] & 0xff];
            text.appendCodePoint(codePoint == UNDEFINED ? '?' : codePoint);
        }
        return text.toString();
    }

    private CharBuffer decode(byte[] in, int from, int to) {
        CharsetDecoder used = decoder;
        if (used == null) {
            throw new IllegalStateException("no decoder for " + name);
        }
        if (chars.capacity() < to - from) {
            chars = CharBuffer.allocate(to - from);
        }
        chars.clear();
        used.reset();
        CoderResult result = used.decode(ByteBuffer.wrap(in, from, to - from), chars, true);
        if (result.isUnderflow()) {
            result = used.flush(chars);
        }
        if (!result.isUnderflow()) {
            try {
                result.throwException();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("the bytes are no text in " + name + ": " + e.getMessage(), e);
            }
        }
        return chars.flip();
    }

    private static Map<String, int[]> loadTables() {
        Map<String, int[]> tables = new HashMap<>();
        for (String line : Collations.lines("single-byte-charsets.txt")) {
            String[] words = line.split(" ");
            int first = words.length == 2 && words[1].equals("100") ? 256 : Integer.parseInt(words[1], 16);
            int[] table = new int[256];
            for (int b = 0; b < 256; b++) {
                String word = b < first ? "" : words[2 + b - first];
                table[b] = b < first ? b : word.equals("..") ? UNDEFINED : Integer.parseInt(word, 16);
            }
            tables.put(words[0], table);
        }
        return tables;
    }
}
