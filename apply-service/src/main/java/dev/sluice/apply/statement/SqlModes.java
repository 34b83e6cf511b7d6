package dev.sluice.apply.statement;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parts of a session's sql_mode that decide what a definition means, and which all servers know. */
final class SqlModes {
    private static final Map<Integer, String> BITS = new TreeMap<>(Map.of(
            0, "REAL_AS_FLOAT",
            1, "PIPES_AS_CONCAT",
            2, "ANSI_QUOTES",
            3, "IGNORE_SPACE",
            20, "NO_BACKSLASH_ESCAPES",
            21, "STRICT_TRANS_TABLES",
            22, "STRICT_ALL_TABLES",
            25, "ALLOW_INVALID_DATES"));

    private SqlModes() {}

    static String names(long sqlMode) {
        return BITS.entrySet().stream()
                .filter(bit -> (sqlMode & (1L << bit.getKey())) != 0)
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(","));
    }
}
