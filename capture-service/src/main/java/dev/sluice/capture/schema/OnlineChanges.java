package dev.sluice.capture.schema;

import dev.sluice.binlog.DdlStatement;
import dev.sluice.change.config.GhostTables;
import dev.sluice.change.schema.TableVersion;
import dev.sluice.change.schema.TableVersion.Name;
import dev.sluice.change.schema.TableVersion.State;
import dev.sluice.change.schema.VersionPlace;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that are changed by a copy of them: gh-ost and pt-online-schema-change alter an empty copy, fill it, and rename it
 * into the table's place. What altered the copy is remembered, in the history, and told as having altered the table when
 * it takes the place; all else about copies is not told. Not thread-safe.
 */
final class OnlineChanges {
    private static final Logger LOG = LoggerFactory.getLogger(OnlineChanges.class);

    private static final Pattern TRIGGER_NAME = Pattern.compile("pt_osc_", Pattern.CASE_INSENSITIVE);
    private static final String NOISE = "(?is)(?:\\s|/\\*(?!!).*?\\*/)*";
    private static final Pattern TRIGGER =
            Pattern.compile(NOISE + "(?:CREATE|DROP)\\b[^(;]*?\\bTRIGGER\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?"
                    + "(?:`[^`]+`\\s*\\.\\s*|\\w+\\s*\\.\\s*)?`?pt_osc_.*");
    private static final Pattern ANALYZE = Pattern.compile(
            NOISE + "ANALYZE\\s+TABLE\\s+(?:(?:`([^`]+)`|(\\w+))\\s*\\.\\s*)?(?:`([^`]+)`|(\\w+))\\s*(?:/\\*.*)?");

    private final String source;
    private final FollowedTables followed;
    private final BiPredicate<String, String> ghosts;
    private final Set<Name> leftOut = new HashSet<>();

    /**
     * Online changes of a source.
     *
     * @param ghosts which tables are left out as such copies, as the filter in force says whenever it is asked
     */
    OnlineChanges(String source, FollowedTables followed, BiPredicate<String, String> ghosts) {
        this.source = source;
        this.followed = followed;
        this.ghosts = ghosts;
    }

    /** Rows of a table are left out: says so once if that is for its name alone. */
    void leavesOut(String schema, String table) {
        if (leftOut.add(new Name(schema, table)) && ghosts.test(schema, table)) {
            LOG.info(
                    "{}: {}.{} is left out, for gh-ost and pt-online-schema-change name their tables so; if it is none of"
                            + " theirs, name it in capture.filter.include or set capture.filter.ghostTables",
                    source,
                    schema,
                    table);
        }
    }

    /** Whether a statement may be about such a table; it is not read if not. */
    static boolean mayConcern(DdlStatement statement) {
        return GhostTables.mayBeIn(statement.sql())
                || TRIGGER_NAME.matcher(statement.sql()).find();
    }

    /**
     * What is told instead of a statement: nothing, or how it changes the table that a copy replaces.
     *
     * @param known what holds before it
     */
    List<String> told(Ddl ddl, DdlStatement statement, Map<Name, TableVersion> known) {
        String sql = statement.sql();
        if (ddl instanceof Ddl.Irrelevant) {
            return serves(statement) ? List.of() : List.of(sql);
        } else if (ddl instanceof Ddl.Unreadable unreadable) {
            Set<TableName> tables = unreadable.tables();
            return !tables.isEmpty() && tables.stream().allMatch(this::isGhost) ? List.of() : List.of(sql);
        } else if (!(ddl instanceof Ddl.Tables tables)
                || !tables.changes().stream().allMatch(this::isAboutGhosts)) {
            return List.of(sql);
        } else {
            return folded(tables.changes(), statement, known);
        }
    }

    private List<String> folded(List<TableChange> changes, DdlStatement statement, Map<Name, TableVersion> known) {
        List<String> told = new ArrayList<>();
        for (TableChange change : changes) {
            if (change instanceof TableChange.Rename rename && !isGhost(rename.to())) {
                TableVersion copy = known.get(followed.name(rename.table()));
                List<String> alters = copy == null ? null : copy.alters();
                if (alters == null || !add(alters, rename, statement, told)) {
                    LOG.warn(
                            "{}: {} was replaced by {}, but not all is known of how that was made; the log has the"
                                    + " statement as it is, which no target can follow: make its table like the"
                                    + " source's",
                            source,
                            rename.to(),
                            rename.table());
                    return List.of(statement.sql());
                }
                LOG.info("{}: {} was changed online: {}", source, rename.to(), told);
            }
        }
        if (told.isEmpty()) {
            LOG.info("{}: not told, for it is about tables of online schema changes: {}", source, statement.sql());
        }
        return told;
    }

    private boolean add(List<String> alters, TableChange.Rename rename, DdlStatement statement, List<String> told) {
        try {
            for (String alter : alters) {
                told.add(followed.rewrite(alter, statement, name -> name.equals(rename.table()) ? rename.to() : name));
            }
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: {}", source, e.getMessage());
            return false;
        }
    }

    private boolean isAboutGhosts(TableChange change) {
        if (change instanceof TableChange.Rename rename) {
            TableName from = rename.table();
            TableName to = rename.to();
            boolean together = from.schema().equalsIgnoreCase(to.schema());
            return isGhost(from) && isGhost(to)
                    || together && isGhost(from) && GhostTables.replaces(from.table(), to.table())
                    || together && isGhost(to) && GhostTables.isLeftOf(to.table(), from.table());
        }
        return isGhost(change.table());
    }

    private boolean isGhost(TableName name) {
        return ghosts.test(name.schema(), name.table());
    }

    /** Triggers that keep a copy like its table, and what else is done to it. */
    private boolean serves(DdlStatement statement) {
        if (TRIGGER.matcher(statement.sql()).matches()) {
            return true;
        }
        Matcher analyze = ANALYZE.matcher(statement.sql());
        return analyze.matches()
                && ghosts.test(
                        either(analyze.group(1), analyze.group(2), statement.schema()),
                        either(analyze.group(3), analyze.group(4), ""));
    }

    private static String either(@Nullable String one, @Nullable String other, String none) {
        return one != null ? one : other != null ? other : none;
    }

    /**
     * The versions that a statement makes, with how copies came to be what they are.
     *
     * @param known what holds before it
     * @param changed versions without that
     */
    List<TableVersion> remembered(
            Ddl ddl,
            DdlStatement statement,
            VersionPlace behind,
            Map<Name, TableVersion> known,
            List<TableVersion> changed) {
        Map<Name, @Nullable List<String>> alters = new LinkedHashMap<>();
        if (ddl instanceof Ddl.Tables tables) {
            tables.changes().forEach(change -> follow(change, statement, known, alters));
        } else if (ddl instanceof Ddl.Unreadable unreadable) {
            unreadable.tables().forEach(table -> alters.put(followed.name(table), null));
        }
        Map<Name, TableVersion> versions = new LinkedHashMap<>();
        changed.forEach(version -> versions.put(version.name(), version));
        alters.forEach((name, now) -> {
            TableVersion before = known.get(name);
            if (GhostTables.is(name.table()) && (now != null || before != null && before.alters() != null)) {
                String cause = FollowedTables.cause(statement);
                TableVersion version = versions.containsKey(name)
                        ? versions.get(name)
                        : before != null && now != null
                                ? before.at(behind, cause)
                                : TableVersion.without(
                                        now == null && ddl instanceof Ddl.Tables ? State.DROPPED : State.UNKNOWN,
                                        behind,
                                        cause,
                                        name);
                versions.put(name, version.withAlters(now));
            }
        });
        return List.copyOf(versions.values());
    }

    private void follow(
            TableChange change,
            DdlStatement statement,
            Map<Name, TableVersion> known,
            Map<Name, @Nullable List<String>> alters) {
        Name name = followed.name(change.table());
        if (change instanceof TableChange.Create create) {
            create(name, create.ifNotExists(), known, alters);
        } else if (change instanceof TableChange.CreateLike create) {
            create(name, create.ifNotExists(), known, alters);
        } else if (change instanceof TableChange.Alter) {
            alters.put(name, and(before(name, known, alters), statement));
        } else if (change instanceof TableChange.Rename rename) {
            alters.put(followed.name(rename.to()), before(name, known, alters));
            alters.put(name, null);
        } else if (change instanceof TableChange.Drop) {
            alters.put(name, null);
        }
    }

    private static void create(
            Name name, boolean ifNotExists, Map<Name, TableVersion> known, Map<Name, @Nullable List<String>> alters) {
        if (!ifNotExists || before(name, known, alters) == null) {
            alters.put(name, List.of());
        }
    }

    private static @Nullable List<String> before(
            Name name, Map<Name, TableVersion> known, Map<Name, @Nullable List<String>> alters) {
        TableVersion version = known.get(name);
        return alters.containsKey(name) ? alters.get(name) : version == null ? null : version.alters();
    }

    private @Nullable List<String> and(@Nullable List<String> before, DdlStatement statement) {
        if (before == null) {
            return null;
        }
        List<String> all = new ArrayList<>(before);
        all.add(followed.rewrite(statement.sql(), statement, name -> name));
        return List.copyOf(all);
    }
}
