package dev.sluice.testsupport.servers;

import java.security.SecureRandom;

/** Random names and passwords of letters and digits that need no quoting anywhere. */
final class RandomText {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String password() {
        return of(20);
    }

    static String of(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
