package dev.sluice.ddl.translation;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What an ALTER TABLE says about how a server keeps a table, which is every server's own affair. */
final class Harmless {
    private static final Set<String> WORDS = Set.of(
            "ENGINE",
            "ALGORITHM",
            "LOCK",
            "FORCE",
            "ROW_FORMAT",
            "KEY_BLOCK_SIZE",
            "AUTO_INCREMENT",
            "ORDER",
            "STATS_PERSISTENT",
            "STATS_AUTO_RECALC",
            "STATS_SAMPLE_PAGES",
            "COMPRESSION",
            "ENABLE",
            "DISABLE",
            "DEFAULT",
            "CHARACTER",
            "CHARSET",
            "COLLATE",
            "CONVERT",
            "NOWAIT",
            "WAIT");
    private static final Pattern BETWEEN = Pattern.compile("[ =]+");

    private Harmless() {}

    /** Refuses what else a statement says unless it is harmless. */
    static void require(List<String> others) {
        for (String other : others) {
            if (!WORDS.contains(BETWEEN.split(other)[0])) {
                throw new NoTranslation("has no counterpart for " + other);
            }
        }
    }
}
