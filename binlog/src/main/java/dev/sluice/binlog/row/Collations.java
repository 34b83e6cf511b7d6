package dev.sluice.binlog.row;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the character set of a collation number.
 *
 * <p>Source: information_schema.COLLATIONS of MySQL 8.0 to 9.7 and MariaDB 10.11 to 11.4. MariaDB's NOPAD collations are
 * 1024 plus the number of the padded one; its UCA 14.0.0 collations start at 2048, 256 for each of five character sets.
 */
final class Collations {
    static final int BINARY = 63;
    private static final int NOPAD = 1024;
    private static final int UCA1400 = 2048;
    private static final List<String> UCA1400_CHARSETS = List.of("utf8mb3", "utf8mb4", "ucs2", "utf16", "utf32");
    private static final Map<Integer, String> CHARSETS = load();

    private Collations() {}

    static @Nullable String charset(int collation) {
        if (collation >= UCA1400) {
            int index = (collation - UCA1400) >> 8;
            return index < UCA1400_CHARSETS.size() ? UCA1400_CHARSETS.get(index) : null;
        }
        return CHARSETS.get(collation >= NOPAD ? collation - NOPAD : collation);
    }

    /** How many bytes a character takes at most, to turn byte lengths of columns into characters. */
    static int bytesPerCharacter(String charset) {
        return switch (charset) {
            case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030" -> 4;
            case "utf8mb3", "ujis", "eucjpms" -> 3;
            case "big5", "sjis", "cp932", "euckr", "gb2312", "gbk", "ucs2" -> 2;
            default -> 1;
        };
    }

    private static Map<Integer, String> load() {
        Map<Integer, String> charsets = new HashMap<>();
        for (String line : lines("collations.txt")) {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) {
                String[] range = words[i].split("-");
                int last = Integer.parseInt(range[range.length - 1]);
                for (int id = Integer.parseInt(range[0]); id <= last; id++) {
                    charsets.put(id, words[0]);
                }
            }
        }
        return charsets;
    }

    /** The lines of a resource beside this class, without comments. */
    static List<String> lines(String resource) {
        try (InputStream in = Collations.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
