package dev.sluice.redissink.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A key template such as {@code user:{id}}, cut into literals and columns; <code>{{</code> and <code>}}</code> stand
 * for the braces themselves.
 */
record KeyTemplate(String template, List<Part> parts) {
    /** Keys under it belong to Sluice. */
    static final String RESERVED = "sluice:watermark:";

    /** A literal, or the name of a column. */
    record Part(String text, boolean column) {}

    static KeyTemplate parse(String template) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < template.length() && template.charAt(i + 1) == c) {
                literal.append(c);
                i++;
            } else if (c == '{') {
                int end = template.indexOf('}', i);
                if (end < 0) {
                    throw new InvalidCacheRule("key template '" + template + "' has a { without its }");
                }
                String name = template.substring(i + 1, end).strip();
                if (name.isEmpty() || name.indexOf('{') >= 0) {
                    throw new InvalidCacheRule("key template '" + template + "' has braces without a column's name");
                }
                flush(literal, parts);
                parts.add(new Part(name, true));
                i = end;
            } else if (c == '}') {
                throw new InvalidCacheRule("key template '" + template + "' has a } without its {");
            } else {
                literal.append(c);
            }
        }
        flush(literal, parts);
        if (parts.stream().noneMatch(Part::column)) {
            throw new InvalidCacheRule("key template '" + template
                    + "' names no column, so all rows would share one key; use one such as user:{id}");
        }
        if (parts.get(0).text().toLowerCase(Locale.ROOT).startsWith(RESERVED)
                && !parts.get(0).column()) {
            throw new InvalidCacheRule(
                    "key template '" + template + "' begins with " + RESERVED + ", where Sluice keeps its watermarks");
        }
        return new KeyTemplate(template, List.copyOf(parts));
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part(literal.toString(), false));
            literal.setLength(0);
        }
    }
}
