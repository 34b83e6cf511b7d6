package dev.sluice.change.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a source enter its source log. What it leaves out never leaves the capture. The server's own tables
 * and Sluice's are left out whatever it says.
 *
 * @param include {@code schema.table} patterns with {@code *} and {@code ?}; the schema ends at the first dot. With none,
 *     and no {@code canalRegex}, all tables are taken
 * @param exclude the same for tables left out; wins over the others
 * @param canalRegex canal's {@code filter.regex} as it is, see {@link CanalRegex}
 * @param canalBlackRegex canal's {@code filter.black.regex} as it is
 * @param excludeColumns columns whose cells are left out, such as {@code shop.users:password/token}
 * @param kinds changes that are taken; empty for all
 * @param ddl whether statements that change a schema are taken
 * @param ghostTables whether tables named like those that tools make for online schema changes are taken as any others, see
 *     {@link GhostTables}; if not, only one that {@code include} names without wildcards is
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CaptureFilter(
        List<String> include,
        List<String> exclude,
        @Nullable String canalRegex,
        @Nullable String canalBlackRegex,
        List<String> excludeColumns,
        List<ChangeKind> kinds,
        Boolean ddl,
        Boolean ghostTables) {
    /** Takes every table but those of online schema changes. */
    public static final CaptureFilter NONE =
            new CaptureFilter(List.of(), List.of(), null, null, List.of(), List.of(), true);

    /** Takes every table; what a message went through that names no filter. */
    public static final CaptureFilter EVERYTHING = NONE.withGhostTables(true);

    /** Members that a document leaves out have their widest meaning. */
    public CaptureFilter {
        include = given(include);
        exclude = given(exclude);
        canalRegex = emptyToNull(canalRegex);
        canalBlackRegex = emptyToNull(canalBlackRegex);
        excludeColumns = given(excludeColumns);
        kinds = given(kinds);
        ddl = ddl == null || ddl;
        ghostTables = ghostTables != null && ghostTables;
    }

    public CaptureFilter(
            List<String> include,
            List<String> exclude,
            @Nullable String canalRegex,
            @Nullable String canalBlackRegex,
            List<String> excludeColumns,
            List<ChangeKind> kinds,
            boolean ddl) {
        this(include, exclude, canalRegex, canalBlackRegex, excludeColumns, kinds, ddl, false);
    }

    public CaptureFilter withGhostTables(boolean taken) {
        return new CaptureFilter(include, exclude, canalRegex, canalBlackRegex, excludeColumns, kinds, ddl, taken);
    }

    /** Whether a table is left out as one that a tool has made for an online schema change. */
    public boolean isGhost(String schema, String table) {
        return !ghostTables && GhostTables.is(table) && !include.contains(schema + "." + table);
    }

    /** Whether rows of a table are taken. */
    public boolean takes(String schema, String table) {
        boolean all = include.isEmpty() && canalRegex == null;
        boolean taken = all
                || include.stream().anyMatch(pattern -> matches(pattern, schema, table))
                || canalRegex != null && CanalRegex.matches(canalRegex, schema, table);
        return taken
                && !isGhost(schema, table)
                && exclude.stream().noneMatch(pattern -> matches(pattern, schema, table))
                && (canalBlackRegex == null || !CanalRegex.matches(canalBlackRegex, schema, table));
    }

    /** Whether changes of a kind are taken. */
    public boolean takes(ChangeKind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    /** Whether a column's cells are taken; column names compare without case. */
    public boolean takes(String schema, String table, String column) {
        return excludeColumns.stream()
                .map(ExcludedColumns::parse)
                .noneMatch(rule -> matches(rule.tables(), schema, table)
                        && rule.columns().stream().anyMatch(column::equalsIgnoreCase));
    }

    static boolean matches(String pattern, String schema, String table) {
        int dot = pattern.indexOf('.');
        return dot > 0
                && NamePattern.matches(pattern.substring(0, dot), schema)
                && NamePattern.matches(pattern.substring(dot + 1), table);
    }

    private static <T> List<T> given(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
