package dev.sluice.change.expression;

import java.util.Locale;

/** How deep an expression is nested, found before it is parsed: a parser tries deep ones in more ways than there is time. */
final class Nesting {
    private Nesting() {}

    /** Parentheses and CASEs that are open at once, at most. */
    static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '`' || c == '"') {
                int end = text.indexOf(c, i + 1);
                i = end < 0 ? text.length() : end;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (Character.isJavaIdentifierPart(c)) {
                int end = i;
                while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                    end++;
                }
                String word = text.substring(i, end).toUpperCase(Locale.ROOT);
                depth += word.equals("CASE") ? 1 : word.equals("END") ? -1 : 0;
                i = end - 1;
            }
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
