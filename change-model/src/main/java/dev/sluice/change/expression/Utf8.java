package dev.sluice.change.expression;

import java.nio.charset.StandardCharsets;

/** Counts characters in UTF-8. */
final class Utf8 {
    private Utf8() {}

    static int length(byte[] bytes, int from, int to) {
        int characters = 0;
        for (int i = from; i < to; i++) {
            characters += begins(bytes[i]) ? 1 : 0;
        }
        return characters;
    }

    /** Where the text goes on behind so many characters; its end if there are fewer. */
    static int skip(byte[] bytes, int from, int to, int characters) {
        int i = from;
        for (int left = characters; left > 0 && i < to; left--) {
            i++;
            while (i < to && !begins(bytes[i])) {
                i++;
            }
        }
        return i;
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static boolean begins(byte b) {
        return (b & 0xc0) != 0x80;
    }
}
