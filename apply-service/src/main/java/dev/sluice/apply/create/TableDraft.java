package dev.sluice.apply.create;

import dev.sluice.change.message.Column;
import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.Identifiers;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.translation.NewTable;
import dev.sluice.ddl.translation.NoTranslation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table for the rows of a table line: columns, types and primary key as the rows had them when they were logged, and what
 * the log does not tell (collations, defaults, comments, names of keys) as the source has it at present.
 */
final class TableDraft {
    /** Types of a table line escape nothing but quotes. */
    private static final Dialect OF_LINES = new Dialect(false, 90_700, 1L << 20);

    private static final String EXACT = "utf8mb4_bin";
    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> LOGGED_AS_BINARY = Set.of("uuid", "inet6", "inet4");

    private final TableLine line;
    private final SourceTable source;
    private final boolean sameKind;

    private TableDraft(TableLine line, SourceTable source, boolean sameKind) {
        this.line = line;
        this.source = source;
        this.sameKind = sameKind;
    }

    /**
     * The table.
     *
     * @param sameKind whether the target understands the source's expressions
     * @throws NoTranslation if a type is not understood
     */
    static NewTable of(TableLine line, TableLine.Target target, SourceTable source, boolean sameKind) {
        return new TableDraft(line, source, sameKind).table(target);
    }

    private NewTable table(TableLine.Target target) {
        List<ColumnDefinition> logged = logged();
        boolean whole = sameKind
                && source.definition() != null
                && line.columns().stream()
                        .allMatch(column -> !column.skip()
                                && column.to() == null
                                && present(column).isPresent());
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < line.columns().size(); i++) {
            Column column = line.columns().get(i);
            if (!column.skip()) {
                ColumnDefinition definition = column(column, logged.get(i));
                columns.add((whole
                                ? definition
                                : definition.with(definition.details().plain()))
                        .named(column.targetName()));
            }
        }
        return new NewTable(
                target.schema(),
                target.name(),
                columns,
                keys(),
                source.collation(),
                source.definition() == null ? null : source.definition().comment());
    }

    /** The columns as the log describes them. */
    private List<ColumnDefinition> logged() {
        String columns = line.columns().stream()
                .map(column -> Identifiers.quoted(column.name()) + " " + column.type())
                .collect(Collectors.joining(", "));
        Ddl ddl = DdlParser.parse("CREATE TABLE t (" + columns + ")", "s", OF_LINES);
        if (ddl instanceof Ddl.Tables tables && tables.changes().get(0) instanceof TableChange.Create create) {
            return create.columns();
        }
        throw new NoTranslation("the types of its rows are not understood: " + columns);
    }

    /** The source's column of the same name at present; one that the mapping sets stands behind it, and has none. */
    private Optional<ColumnDefinition> present(Column column) {
        return own(column.name()) == column ? source.column(column.name()) : Optional.empty();
    }

    /** The first column of a name, which is the source's if it has one of that name. */
    private @Nullable Column own(@Nullable String name) {
        return line.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private ColumnDefinition column(Column column, ColumnDefinition logged) {
        Optional<ColumnDefinition> present = present(column);
        if (present.isEmpty()) {
            // a column that the mapping sets, or one that is gone: nothing is coarser than the bytes
            return logged.with(null, EXACT);
        }
        ColumnDefinition now = present.get();
        @Nullable String collation = source.collations().get(now.name().toLowerCase(Locale.ROOT));
        if (alike(logged, now)) {
            return now.with(now.nullable(), collation);
        }
        return logged.with(now.nullable(), collation == null ? EXACT : collation);
    }

    /** Whether the type is still the one of the rows; the log does not tell how wide numbers are shown. */
    private static boolean alike(ColumnDefinition logged, ColumnDefinition now) {
        if (LOGGED_AS_BINARY.contains(now.type())) {
            return logged.type().equals("binary");
        }
        List<Integer> numbers = logged.details().numbers();
        return logged.type().equals(now.type())
                && logged.unsigned() == now.unsigned()
                && logged.labels().equals(now.labels())
                && (numbers.isEmpty()
                        || INTEGERS.contains(now.type())
                        || numbers.equals(now.details().numbers()));
    }

    private List<KeyDefinition> keys() {
        List<KeyDefinition> keys = new ArrayList<>();
        List<KeyDefinition> present =
                source.definition() == null ? List.of() : source.definition().keys();
        if (!line.key().isEmpty()) {
            keys.add(new KeyDefinition(
                    KeyDefinition.PRIMARY,
                    KeyDefinition.Kind.PRIMARY,
                    line.key().stream().map(ordinal -> part(ordinal, present)).toList()));
        }
        if (source.definition() == null) {
            line.unique()
                    .forEach(unique -> keys.add(new KeyDefinition(
                            null,
                            KeyDefinition.Kind.UNIQUE,
                            unique.stream()
                                    .map(ordinal -> part(ordinal, present))
                                    .toList())));
            return keys;
        }
        List<KeyDefinition.Part> constants = constants();
        present.stream()
                .filter(key -> key.kind() == KeyDefinition.Kind.UNIQUE)
                .filter(key -> key.parts().stream().allMatch(part -> part.column() == null || arrives(part.column())))
                .forEach(key -> keys.add(new KeyDefinition(
                        key.name(),
                        key.kind(),
                        Stream.concat(key.parts().stream().map(this::atTarget), constants.stream())
                                .toList())));
        return keys;
    }

    /** A column of the primary key, of which the present one may hold a beginning only. */
    private KeyDefinition.Part part(int ordinal, List<KeyDefinition> present) {
        Column column = line.columns().get(ordinal);
        int prefix = present.stream()
                .filter(key -> key.kind() == KeyDefinition.Kind.PRIMARY)
                .flatMap(key -> key.parts().stream())
                .filter(part -> column.name().equalsIgnoreCase(part.column()))
                .mapToInt(KeyDefinition.Part::prefix)
                .findFirst()
                .orElse(0);
        return new KeyDefinition.Part(column.targetName(), prefix);
    }

    /** What the mapping adds to every key. */
    private List<KeyDefinition.Part> constants() {
        Set<Integer> inKeys = new HashSet<>(line.key());
        line.unique().forEach(inKeys::addAll);
        return inKeys.stream()
                .sorted()
                .map(ordinal -> line.columns().get(ordinal))
                .filter(column -> present(column).isEmpty())
                .map(column -> new KeyDefinition.Part(column.targetName(), 0))
                .toList();
    }

    private boolean arrives(String column) {
        Column own = own(column);
        return own != null && !own.skip();
    }

    private KeyDefinition.Part atTarget(KeyDefinition.Part part) {
        Column own = own(part.column());
        return own == null ? part : new KeyDefinition.Part(own.targetName(), part.prefix());
    }
}
