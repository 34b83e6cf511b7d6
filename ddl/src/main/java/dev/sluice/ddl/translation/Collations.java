package dev.sluice.ddl.translation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds for a collation of one server the one of another that compares alike, for MySQL and MariaDB have their own names and
 * versions of the Unicode rules.
 *
 * @param known all that the target has
 */
record Collations(Set<String> known) {
    private static final String UNICODE_9 = "_0900_";
    private static final String UNICODE_14 = "_uca1400_";
    private static final String NO_PAD = "nopad_";

    /** The target's name for a collation; its character set is the first part of the name, as everywhere. */
    String of(String collation) {
        String name = collation.toLowerCase(Locale.ROOT);
        return candidates(name)
                .filter(known::contains)
                .findFirst()
                .orElseThrow(() -> new NoTranslation("the target has no collation like " + collation));
    }

    private static Stream<String> candidates(String name) {
        String charset = name.substring(0, Math.max(0, name.indexOf('_')));
        String rest = name.substring(name.indexOf('_') + 1);
        List<String> others;
        if (name.contains(UNICODE_9)) {
            others = rest.startsWith("0900_") ? ofUnicode9(rest.substring(5)) : List.of();
        } else if (name.contains(UNICODE_14)) {
            String kind = rest.substring("uca1400_".length());
            others = ofUnicode14(kind);
        } else if (rest.startsWith("unicode_nopad")) {
            others = List.of("0900_ai_ci");
        } else if (name.endsWith("_nopad_bin")) {
            others = List.of("0900_bin", "bin");
        } else {
            others = List.of();
        }
        return Stream.concat(spelled(charset, rest), others.stream().flatMap(other -> spelled(charset, other)));
    }

    /** What compares accents, case and blanks alike, the newest rules first. */
    private static List<String> ofUnicode9(String kind) {
        return switch (kind) {
            case "bin" -> List.of("nopad_bin", "bin");
            case "ai_ci" -> List.of("uca1400_" + NO_PAD + kind, "unicode_520_nopad_ci", "unicode_520_ci");
            case "as_ci", "as_cs" -> List.of("uca1400_" + NO_PAD + kind);
            default -> List.of();
        };
    }

    private static List<String> ofUnicode14(String kind) {
        boolean noPad = kind.startsWith(NO_PAD);
        String plain = noPad ? kind.substring(NO_PAD.length()) : kind;
        return switch (plain) {
            case "ai_ci" -> noPad ? List.of("0900_ai_ci") : List.of("unicode_520_ci", "0900_ai_ci");
            case "as_ci", "as_cs" -> List.of("0900_" + plain);
            default -> List.of();
        };
    }

    /** The old three-byte character set has two names. */
    private static Stream<String> spelled(String charset, String rest) {
        String other = charset.equals("utf8mb3") ? "utf8" : charset.equals("utf8") ? "utf8mb3" : charset;
        return charset.isEmpty()
                ? Stream.of(rest)
                : Stream.of(charset + "_" + rest, other + "_" + rest).distinct();
    }
}
