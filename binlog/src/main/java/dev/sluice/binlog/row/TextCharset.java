package dev.sluice.binlog.row;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns text of one MySQL character set into JSON strings: UTF-8 is copied, sets with a table go through it, the Unicode
 * sets and gb18030 through Java's decoders. Not safe for concurrent use.
 */
final class TextCharset {
    private static final Map<String, String> JAVA_NAMES = Map.of(
            "gb18030", "GB18030",
            "ucs2", "UTF-16BE",
            "utf16", "UTF-16BE",
            "utf16le", "UTF-16LE",
            "utf32", "UTF-32BE");

    private final String name;
    private final @Nullable CodeTable table;
    private final @Nullable CharsetDecoder decoder;
    /** Characters of the decoder that MySQL has in each other's place. */
    private final Map<Character, Character> swapped;

    private CharBuffer chars = CharBuffer.allocate(64);

    private TextCharset(String name, @Nullable CodeTable table, @Nullable CharsetDecoder decoder) {
        this.name = name;
        this.table = table;
        this.decoder = decoder;
        this.swapped = name.equals("gb18030") ? swaps() : Map.of();
    }

    private static Map<Character, Character> swaps() {
        Map<Character, Character> swaps = new HashMap<>();
        for (String line : Collations.lines("multi-byte-overrides.txt")) {
            if (line.startsWith("gb18030 ")) {
                char one = (char) Integer.parseInt(line.substring(8, 12), 16);
                char other = (char) Integer.parseInt(line.substring(13, 17), 16);
                swaps.put(one, other);
                swaps.put(other, one);
            }
        }
        return swaps;
    }

    /** The character set with MySQL's name for it. */
    static TextCharset named(String name) {
        if (name.equals("utf8mb4") || name.equals("utf8mb3") || name.equals("utf8")) {
            return new TextCharset(name, null, null);
        }
        CodeTable table = CodeTable.of(name);
        if (table != null) {
            return new TextCharset(name, table, null);
        }
        String java = JAVA_NAMES.get(name);
        if (java == null) {
            throw new IllegalArgumentException("character set " + name + " is not supported");
        }
        CharsetDecoder decoder = Charset.forName(java)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new TextCharset(name, null, decoder);
    }

    boolean utf8() {
        return table == null && decoder == null;
    }

    /** Whether two threads may use it at once. */
    boolean shareable() {
        return decoder == null;
    }

    /** Writes the text between quotes; where it ends. */
    int quoted(JsonBuffer out, int put, byte[] in, int from, int to) {
        if (table == null && decoder == null) {
            return out.quoted(put, in, from, to);
        }
        int at = out.ascii(put, '"');
        if (table != null) {
            at = table.write(out, at, in, from, to);
        } else {
            CharBuffer decoded = decode(in, from, to);
            for (int i = 0; i < decoded.limit(); i++) {
                char c = decoded.get(i);
                if (Character.isHighSurrogate(c) && i + 1 < decoded.limit()) {
                    at = out.character(at, Character.toCodePoint(c, decoded.get(++i)));
                } else {
                    at = out.character(at, swapped.isEmpty() ? c : swapped.getOrDefault(c, c));
                }
            }
        }
        return out.ascii(at, '"');
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
}
