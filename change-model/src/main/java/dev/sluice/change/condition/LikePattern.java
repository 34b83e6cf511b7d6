package dev.sluice.change.condition;

import java.util.Arrays;

/**
 * A pattern with {@code %} for any run of characters and {@code _} for one; a backslash takes the meaning from the next
 * one. Case matters.
 */
final class LikePattern {
    private static final int ANY = -1;
    private static final int ONE = -2;

    private final int[] parts;

    LikePattern(String pattern) {
        int[] text = pattern.codePoints().toArray();
        int[] made = new int[text.length];
        int n = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\\' && i + 1 < text.length) {
                made[n++] = text[++i];
            } else {
                made[n++] = text[i] == '%' ? ANY : text[i] == '_' ? ONE : text[i];
            }
        }
        parts = Arrays.copyOf(made, n);
    }

    boolean matches(String value) {
        int[] text = value.codePoints().toArray();
        int p = 0;
        int n = 0;
        int any = -1;
        int retry = 0;
        while (n < text.length) {
            if (p < parts.length && (parts[p] == ONE || parts[p] == text[n])) {
                p++;
                n++;
            } else if (p < parts.length && parts[p] == ANY) {
                any = p++;
                retry = n;
            } else if (any >= 0) {
                p = any + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < parts.length && parts[p] == ANY) {
            p++;
        }
        return p == parts.length;
    }
}
