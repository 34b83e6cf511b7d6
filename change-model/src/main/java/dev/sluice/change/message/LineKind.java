package dev.sluice.change.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a line of a message is; its first member's name tells. */
public enum LineKind {
    TABLE("table"),
    TRANSACTION("tx"),
    ROW("op"),
    COMMIT("commit"),
    DDL("ddl"),
    CLAIM("claim"),
    POSITION("position"),
    SNAPSHOT("snapshot");

    private final byte[] head;

    LineKind(String member) {
        head = ("{\"" + member + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    /** How a line of the kind begins, up to the value of its first member. */
    byte[] head() {
        return head;
    }

    static LineKind at(byte[] body, int from, int to) {
        LineKind kind = to - from > 6 ? candidate(body[from + 2], body[from + 3]) : null;
        if (kind == null
                || to - from <= kind.head.length
                || !Arrays.equals(body, from, from + kind.head.length, kind.head, 0, kind.head.length)) {
            throw new MalformedMessage("unknown line at byte " + from);
        }
        return kind;
    }

    private static @Nullable LineKind candidate(byte first, byte second) {
        return switch (first) {
            case 'o' -> ROW;
            case 't' -> second == 'x' ? TRANSACTION : TABLE;
            case 'd' -> DDL;
            case 'p' -> POSITION;
            case 's' -> SNAPSHOT;
            case 'c' -> second == 'o' ? COMMIT : CLAIM;
            default -> null;
        };
    }
}
