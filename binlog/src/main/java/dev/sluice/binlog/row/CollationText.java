package dev.sluice.binlog.row;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decodes text by the number of its collation, for statements; safe for concurrent use. */
public final class CollationText {
    private static final Map<String, TextCharset> CHARSETS = new ConcurrentHashMap<>();

    private CollationText() {}

    /** The text of the bytes; a collation that is 0, binary or unknown is taken for UTF-8. */
    public static String decode(int collation, byte[] bytes, int from, int to) {
        String name = Collations.charset(collation);
        String charset = name == null || name.equals("binary") ? "utf8mb4" : name;
        TextCharset decoder = CHARSETS.computeIfAbsent(charset, TextCharset::named);
        synchronized (decoder) {
            return decoder.text(bytes, from, to);
        }
    }
}
