package dev.sluice.change.schema;

import dev.sluice.change.schema.TableVersion.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The versions of all tables of a source, folded from the records of its stream. Not thread-safe. */
public final class SchemaHistory {
    private final Map<Name, List<TableVersion>> tables = new LinkedHashMap<>();
    private final List<TableVersion> checkpoint = new ArrayList<>();
    private int parts;
    private int versions;

    /** Takes the next record; a checkpoint counts when its last part is there. */
    public void accept(SchemaRecord record) {
        if (record.part() == 0) {
            record.versions().forEach(this::add);
            return;
        }
        if (record.part() == 1) {
            checkpoint.clear();
            parts = 0;
        }
        if (record.part() == parts + 1) {
            parts++;
            checkpoint.addAll(record.versions());
            if (parts == record.parts()) {
                tables.clear();
                versions = 0;
                checkpoint.forEach(this::add);
                checkpoint.clear();
            }
        }
    }

    /** Adds a version behind all others. */
    public void add(TableVersion version) {
        tables.computeIfAbsent(version.name(), name -> new ArrayList<>()).add(version);
        versions++;
    }

    /** The tables there are, and schemas as tables without a name, each with its versions in their order. */
    public Map<Name, List<TableVersion>> tables() {
        return tables;
    }

    /** How many versions there are. */
    public int size() {
        return versions;
    }

    /**
     * What is worth keeping: of each table the last version that holds at the oldest place anybody may begin at, and all
     * behind it.
     *
     * @param holds whether a version holds at that place
     * @param most versions of one table
     */
    public List<TableVersion> kept(Predicate<TableVersion> holds, int most) {
        List<TableVersion> kept = new ArrayList<>();
        for (List<TableVersion> all : tables.values()) {
            int first = Math.max(0, all.size() - most);
            for (int i = all.size() - 1; i > first; i--) {
                if (holds.test(all.get(i))) {
                    first = i;
                    break;
                }
            }
            boolean gone = first == all.size() - 1
                    && all.get(first).state() == TableVersion.State.DROPPED
                    && holds.test(all.get(first));
            if (!gone) {
                kept.addAll(all.subList(first, all.size()));
            }
        }
        return kept;
    }
}
