package dev.sluice.binlog.row;

import java.nio.charset.StandardCharsets;

/** Decodes text by the number of its collation, for statements and labels; safe for concurrent use. */
public final class CollationText {
    private CollationText() {}

    /** The text of the bytes; a collation that is 0, binary or unknown is taken for UTF-8. */
    public static String decode(int collation, byte[] bytes, int from, int to) {
        String name = Collations.charset(collation);
        String charset = name == null || name.equals("binary") ? "utf8mb4" : name;
        if (charset.startsWith("utf8")) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        JsonBuffer json = new JsonBuffer();
        int end = TextCharset.named(charset).quoted(json, 0, bytes, from, to);
        return unescaped(new String(json.bytes, 1, end - 2, StandardCharsets.UTF_8));
    }

    /** Undoes the JSON escapes that {@link JsonBuffer#character} writes. */
    private static String unescaped(String json) {
        if (json.indexOf('\\') < 0) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = json.charAt(++i);
            switch (escape) {
                case 'b' -> text.append('\b');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'f' -> text.append('\f');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }
}
