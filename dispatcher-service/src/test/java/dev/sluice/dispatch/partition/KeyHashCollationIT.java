package dev.sluice.dispatch.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.KeyHash;
import dev.sluice.change.message.LineBuffer;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Asks a real server which texts its collations hold equal, by their weights; all of these must have one hash. By default
 * one collation of each kind; {@code -Dsluice.test.collations=all} takes every one, which needs minutes.
 */
class KeyHashCollationIT {
    /** Of one kind each: what they hold equal differs. */
    private static final Set<String> KINDS = Set.of(
            "utf8mb4_0900_ai_ci",
            "utf8mb4_la_0900_ai_ci",
            "utf8mb4_general_ci",
            "utf8mb4_unicode_ci",
            "utf8mb4_unicode_520_ci",
            "utf8mb4_german2_ci",
            "utf8mb4_lithuanian_ci",
            "utf8mb4_persian_ci",
            "latin1_swedish_ci",
            "latin1_danish_ci",
            "latin1_german2_ci",
            "cp1250_general_ci");

    /** KeyHash's own documentation names these as not covered. */
    private static final Set<String> NOT_COVERED = Set.of(
            "utf8mb4_hu_0900_ai_ci",
            "big5_chinese_ci",
            "cp1251_bulgarian_ci",
            "cp1257_lithuanian_ci",
            "latin2_general_ci",
            "latin2_hungarian_ci",
            "tis620_thai_ci");

    private static final String REPLACEMENT = "\ufffd";

    @Test
    void textsThatACollationHoldsEqualHaveOneHash() throws Exception {
        List<String> texts = texts();
        List<String> found = new ArrayList<>();
        int equal = 0;
        try (Connection connection = SharedServers.mysql().connect()) {
            store(connection, texts);
            for (Map.Entry<String, String> collation : collations(connection).entrySet()) {
                for (List<String> group : equalTexts(connection, collation.getKey(), collation.getValue(), texts)) {
                    equal += group.size();
                    String first = group.get(0);
                    for (String other : group) {
                        if (hash(first) != hash(other) && found.size() < 20) {
                            found.add(collation.getKey() + ": " + show(first) + " = " + show(other));
                        }
                    }
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(equal).isGreaterThan(10_000);
    }

    /** Single characters but ideographs, and pairs of letters. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int c = 1; c < 0x1f200; c++) {
            boolean ideograph = c >= 0x3400 && c < 0xa000 || c >= 0xac00 && c < 0xf900 || c >= 0x12000 && c < 0x1d400;
            if (Character.isDefined(c) && !ideograph) {
                texts.add(Character.toString(c));
            }
        }
        for (char one = 'a'; one <= 'z'; one++) {
            for (char other = 'a'; other <= 'z'; other++) {
                texts.add("" + one + other);
            }
        }
        return texts;
    }

    private static void store(Connection connection, List<String> texts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS collations");
            statement.execute("USE collations");
            statement.execute("DROP TABLE IF EXISTS texts");
            statement.execute("CREATE TABLE texts (id INT PRIMARY KEY, text VARCHAR(8) CHARACTER SET utf8mb4"
                    + " COLLATE utf8mb4_bin)");
        }
        connection.setAutoCommit(false);
        for (int from = 0; from < texts.size(); from += 1_000) {
            List<String> some = texts.subList(from, Math.min(texts.size(), from + 1_000));
            String values = "(?, ?)" + ", (?, ?)".repeat(some.size() - 1);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO texts VALUES " + values)) {
                for (int i = 0; i < some.size(); i++) {
                    insert.setInt(2 * i + 1, from + i);
                    insert.setString(2 * i + 2, some.get(i));
                }
                insert.execute();
            }
        }
        connection.commit();
    }

    private static Map<String, String> collations(Connection connection) throws SQLException {
        boolean all = "all".equals(System.getProperty("sluice.test.collations"));
        Map<String, String> collations = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT collation_name, character_set_name FROM information_schema.collations")) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (KINDS.contains(name) || all && !name.endsWith("_bin") && !NOT_COVERED.contains(name)) {
                    collations.put(name, rows.getString(2));
                }
            }
        }
        assertThat(collations.keySet()).containsAll(KINDS);
        collations.remove("binary");
        return collations;
    }

    private static List<List<String>> equalTexts(
            Connection connection, String collation, String charset, List<String> texts) throws SQLException {
        Map<String, List<String>> groups = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, HEX(WEIGHT_STRING(CONVERT(text USING " + charset
                        + ") COLLATE " + collation + ")) FROM texts WHERE CONVERT(CONVERT(text USING " + charset
                        + ") USING utf8mb4) = text")) {
            while (rows.next()) {
                groups.computeIfAbsent(rows.getString(2), weight -> new ArrayList<>())
                        .add(texts.get(rows.getInt(1)));
            }
        }
        for (List<String> group : groups.values()) {
            // in old collations everything beyond U+FFFF equals U+FFFD; unicode_ci lists it by itself
            boolean old = group.contains(REPLACEMENT)
                    || group.stream().allMatch(KeyHashCollationIT::supplementary) && group.size() > 1_000;
            if (old && !collation.contains("520") && !collation.contains("0900")) {
                group.removeIf(KeyHashCollationIT::supplementary);
            }
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }

    private static boolean supplementary(String text) {
        return text.codePoints().anyMatch(c -> c > 0xffff);
    }

    private static long hash(String text) {
        byte[] json = new LineBuffer(16).string(text).toByteArray();
        return new KeyHash().start().text(json, 0, json.length).finish();
    }

    private static String show(String text) {
        StringBuilder out = new StringBuilder(text);
        text.codePoints().forEach(c -> out.append(" U+").append(Integer.toHexString(c)));
        return out.toString();
    }
}
