package dev.sluice.change.config;

import java.util.ArrayList;
import java.util.List;

/** The syntax of {@link CacheRule#key()}: plain text with column names in braces. */
public final class KeyTemplates {
    private KeyTemplates() {}

    /**
     * The columns a template names, in its order.
     *
     * @throws IllegalArgumentException if its braces do not pair up; the message says where and the fix
     */
    public static List<String> columns(String template) {
        List<String> columns = new ArrayList<>();
        int open = -1;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '{') {
                if (open >= 0) {
                    throw new IllegalArgumentException(
                            "'" + template + "' has a { inside braces; write one column a pair, such as user:{id}");
                }
                open = i;
            } else if (c == '}') {
                if (open < 0) {
                    throw new IllegalArgumentException(
                            "'" + template + "' has a } without {; write columns as in user:{id}");
                }
                String column = template.substring(open + 1, i);
                if (column.isBlank()) {
                    throw new IllegalArgumentException(
                            "'" + template + "' has empty braces; write a column in them, such as user:{id}");
                }
                columns.add(column);
                open = -1;
            }
        }
        if (open >= 0) {
            throw new IllegalArgumentException("'" + template + "' lacks a }; write columns as in user:{id}");
        }
        return columns;
    }
}
