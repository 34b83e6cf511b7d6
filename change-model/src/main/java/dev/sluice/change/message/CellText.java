package dev.sluice.change.message;

import java.nio.charset.StandardCharsets;

/** Turns the JSON of one cell into text. */
public final class CellText {
    private CellText() {}

    /** Whether the cell is SQL NULL. */
    public static boolean isNull(byte[] json, int from, int to) {
        return to - from == 4 && json[from] == 'n';
    }

    /** The text of a JSON string, or the digits of a JSON number, at {@code [from, to)}. */
    public static String decode(byte[] json, int from, int to) {
        if (json[from] != '"') {
            return new String(json, from, to - from, StandardCharsets.UTF_8);
        }
        int first = from + 1;
        int end = to - 1;
        int i = first;
        while (i < end && json[i] != '\\') {
            i++;
        }
        if (i == end) {
            return new String(json, first, end - first, StandardCharsets.UTF_8);
        }
        return unescape(new String(json, first, end - first, StandardCharsets.UTF_8));
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> out.append(escape);
            }
        }
        return out.toString();
    }
}
