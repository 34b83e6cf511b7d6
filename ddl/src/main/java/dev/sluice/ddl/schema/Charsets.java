package dev.sluice.ddl.schema;

import dev.sluice.ddl.TableCharset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The character sets and collations of a server, which fill in what statements do not say.
 *
 * @param byCollation each collation's character set, by the collation's name
 * @param defaults each character set's default collation
 * @param widths bytes of a character set's longest character
 */
public record Charsets(Map<String, String> byCollation, Map<String, String> defaults, Map<String, Integer> widths) {
    private static final String OLD = "utf8";
    private static final String NEW = "utf8mb3";

    /** A row of information_schema.collations, with MAXLEN of information_schema.character_sets. */
    public record Collation(String name, String charset, boolean isDefault, int width) {}

    /** The character sets of a server. */
    public static Charsets of(List<Collation> collations) {
        return new Charsets(
                collations.stream().collect(Collectors.toUnmodifiableMap(Collation::name, Collation::charset)),
                collations.stream()
                        .filter(Collation::isDefault)
                        .collect(Collectors.toUnmodifiableMap(Collation::charset, Collation::name)),
                collations.stream()
                        .collect(Collectors.toUnmodifiableMap(Collation::charset, Collation::width, (a, b) -> a)));
    }

    /** The collation that a clause asks for, if it stands where another one holds without it. */
    String collation(TableCharset named, String otherwise) {
        if (named.collation() != null) {
            return known(named.collation(), byCollation);
        }
        return named.charset() == null ? otherwise : ofCharset(named.charset());
    }

    String ofCharset(String charset) {
        return found(defaults, known(charset, defaults));
    }

    String charsetOf(String collation) {
        return found(byCollation, collation);
    }

    /** The collation of the same character set that compares bytes. */
    String binary(String collation) {
        String charset = charsetOf(collation);
        String name = charset.equals("binary") ? charset : charset + "_bin";
        return known(name, byCollation);
    }

    int width(String collation) {
        return found(widths, charsetOf(collation));
    }

    /** A name as this server writes it, for the same character set was renamed. */
    private static String known(String name, Map<String, ?> names) {
        if (names.containsKey(name)) {
            return name;
        }
        String other = name.startsWith(NEW)
                ? OLD + name.substring(NEW.length())
                : name.equals(OLD) || name.startsWith(OLD + "_") ? NEW + name.substring(OLD.length()) : name;
        return names.containsKey(other) ? other : name;
    }

    private static <T> T found(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("unknown character set or collation " + name);
        }
        return value;
    }
}
