package dev.sluice.change.message;

import java.util.HashMap;
import java.util.Map;

/**
 * Letters and digits that collations hold equal to ASCII ones although Unicode does not decompose them so; in lower
 * case, for that is what {@link KeyHash} looks up. Found by comparing the weights of all characters on MySQL 8.0.15 and
 * MariaDB 10.11.5.
 */
final class KeyLetters {
    private static final String LETTERS = """
            00a7:s 00df:s 00f0:d 00fe:t 0111:d 0138:q 0142:l 014b:n 0167:t 018d:z 0192:f 01be:ts 0238:db 0239:qp
            0256:d 02a3:dz 02a4:d 02a6:ts 02a7:t 02a9:fn 02aa:ls 02ab:lz 0368:c 0369:d 036b:m 036c:r 036d:t 036f:x
            09f4:1 09f5:2 09f6:3 09f7:4 0f2a:1 0f2b:2 0f2c:3 0f2d:4 0f2e:5 0f2f:6 0f30:7 0f31:8 0f32:9 0f33:0 1d79:g
            1d7a:t 1dca:r 1dd7:c 1dd8:d 1dd9:d 1dda:g 1ddc:k 1ddd:l 1de0:n 1de3:r 1de4:s 1de5:s 1de6:z 1de8:b 1deb:f
            1dee:p 1efb:l 214d:s a729:tz a75b:r a77a:d a77c:f a783:r a785:s a787:t a7a1:g a7a3:k a7a5:n a7a7:r
            a7a9:s 1f18a:p 1f18b:c 1f18c:p 1f18d:s 1f18e:b 1f18f:c 1f191:cl 1f194:d 1f196:ng 1f197:k 1f19a:s
            1f19b:3d 1f19d:2k 1f19e:4k 1f19f:8k 1f1a5:d 1f1a6:c""";

    private static final Map<Integer, String> TABLE = new HashMap<>();

    static {
        for (String entry : LETTERS.split("\\s+")) {
            int colon = entry.indexOf(':');
            TABLE.put(Integer.parseInt(entry.substring(0, colon), 16), entry.substring(colon + 1));
        }
        // white letters in black circles and squares
        for (char c = 'a'; c <= 'z'; c++) {
            TABLE.put(0x1f150 + c - 'a', String.valueOf(c));
            TABLE.put(0x1f170 + c - 'a', String.valueOf(c));
        }
    }

    private KeyLetters() {}

    /** The ASCII letters or digits of a code point above 127; empty if it has none. */
    static String of(int codePoint) {
        String letters = TABLE.get(codePoint);
        if (letters != null) {
            return letters;
        }
        switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER:
                int value = Character.getNumericValue(codePoint);
                return value < 0 ? "" : Integer.toString(value);
            default:
                return "";
        }
    }
}
