package dev.sluice.redissink.projection;

import dev.sluice.change.message.CellText;
import dev.sluice.change.message.LineBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the text of a cell as UTF-8 without making a string of it, escapes beyond the common ones excepted. */
final class CellBytes {
    private CellBytes() {}

    /** Appends the text of the JSON string or number at {@code [from, to)}. */
    static void append(byte[] json, int from, int to, LineBuffer out) {
        if (json[from] != '"') {
            out.put(json, from, to);
            return;
        }
        int end = to - 1;
        int run = from + 1;
        int start = out.length();
        for (int i = run; i < end; i++) {
            if (json[i] != '\\') {
                continue;
            }
            out.put(json, run, i);
            byte escape = json[++i];
            if (escape == 'u') {
                // may be half of a surrogate pair: rare enough to go through a string
                out.truncate(start);
                out.put(CellText.decode(json, from, to).getBytes(StandardCharsets.UTF_8));
                return;
            }
            out.put(unescaped(escape));
            run = i + 1;
        }
        out.put(json, run, end);
    }

    private static char unescaped(byte escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> (char) escape;
        };
    }
}
