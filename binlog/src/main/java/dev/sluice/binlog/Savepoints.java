package dev.sluice.binlog;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The savepoints of a transaction, and which of its changes were taken back to one. Changes are numbered from 0. */
final class Savepoints {
    private static final Pattern NAME = Pattern.compile(
            "\\s*(?:SAVEPOINT|ROLLBACK(?:\\s+WORK)?\\s+TO(?:\\s+SAVEPOINT)?)\\s+(.+?)\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /**
     * How far the transaction was.
     *
     * @param change number of the next change
     * @param kept bytes that were kept of it
     */
    record Mark(long change, int kept) {}

    /** Changes that were taken back, the last one excluded. */
    record Stretch(long from, long to) {}

    private final Map<String, Mark> open = new HashMap<>();
    private final List<Stretch> undone = new ArrayList<>();

    /** Takes in a SAVEPOINT statement; it replaces an older one of the same name. */
    void set(String sql, Mark now) {
        open.put(key(sql), now);
    }

    /**
     * Takes in a ROLLBACK TO statement: what came after the savepoint is taken back, later savepoints are gone.
     *
     * @return how far the transaction was at the savepoint
     */
    Mark rollBack(String sql, long next) {
        Mark mark = open.get(key(sql));
        if (mark == null) {
            throw new IllegalArgumentException("there is no such savepoint: " + sql);
        }
        open.values().removeIf(each -> each.change > mark.change);
        while (!undone.isEmpty() && undone.get(undone.size() - 1).from >= mark.change) {
            undone.remove(undone.size() - 1);
        }
        if (next > mark.change) {
            undone.add(new Stretch(mark.change, next));
        }
        return mark;
    }

    /** What was taken back so far, in order. */
    List<Stretch> undone() {
        return List.copyOf(undone);
    }

    /** Names are equal whatever their case and accents, as for the server. */
    private static String key(String sql) {
        Matcher matcher = NAME.matcher(sql);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the name of the savepoint is not found: " + sql);
        }
        String name = matcher.group(1);
        char quote = name.charAt(0);
        if (name.length() > 1 && (quote == '`' || quote == '"') && name.charAt(name.length() - 1) == quote) {
            String one = String.valueOf(quote);
            name = name.substring(1, name.length() - 1).replace(one + one, one);
        }
        return MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
    }
}
