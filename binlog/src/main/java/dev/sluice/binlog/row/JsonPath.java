package dev.sluice.binlog.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into a JSON document as a PARTIAL_UPDATE_ROWS event names it: {@code $.key."other key"[3]}, without wildcards.
 *
 * <p>Source: MySQL sources, Json_path_leg::to_string.
 */
record JsonPath(String text, List<Leg> legs) {
    /** One step: a key of an object, or if that is null an index into an array. */
    record Leg(@Nullable String key, int index) {}

    static JsonPath parse(String text) {
        List<Leg> legs = new ArrayList<>();
        int at = 1;
        if (!text.startsWith("$")) {
            throw bad(text);
        }
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '[') {
                int end = text.indexOf(']', at);
                if (end < 0) {
                    throw bad(text);
                }
                legs.add(new Leg(null, Integer.parseInt(text, at, end, 10)));
                at = end + 1;
            } else if (c == '.' && at < text.length() && text.charAt(at) == '"') {
                int end = at + 1;
                while (end < text.length() && text.charAt(end) != '"') {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                if (end >= text.length()) {
                    throw bad(text);
                }
                legs.add(new Leg(unescaped(text.substring(at + 1, end)), 0));
                at = end + 1;
            } else if (c == '.') {
                int end = at;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                legs.add(new Leg(text.substring(at, end), 0));
                at = end;
            } else {
                throw bad(text);
            }
        }
        return new JsonPath(text, List.copyOf(legs));
    }

    static JsonPath parse(byte[] in, int from, int to) {
        return parse(new String(in, from, to - from, StandardCharsets.UTF_8));
    }

    Leg last() {
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("a JSON change of the whole document");
        }
        return legs.get(legs.size() - 1);
    }

    private static String unescaped(String quoted) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            c = quoted.charAt(++i);
            switch (c) {
                case 'b' -> out.append('\b');
                case 't' -> out.append('\t');
                case 'n' -> out.append('\n');
                case 'f' -> out.append('\f');
                case 'r' -> out.append('\r');
                case 'u' -> {
                    out.append((char) Integer.parseInt(quoted, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("the JSON path " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
