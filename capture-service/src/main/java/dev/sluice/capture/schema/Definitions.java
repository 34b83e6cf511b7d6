package dev.sluice.capture.schema;

import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.binlog.schema.LiveTable;
import dev.sluice.binlog.schema.ServerCollation;
import dev.sluice.change.schema.TableDefinition;
import dev.sluice.change.schema.TableVersion.Name;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableName;
import dev.sluice.ddl.schema.Column;
import dev.sluice.ddl.schema.TableSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table in its forms: looked up, kept in the history, followed through statements, and as rows are decoded with it. On one
 * server, whose collations have the same names and numbers in all of them. Immutable.
 */
final class Definitions {
    private final Map<String, ServerCollation> byName;
    private final Map<Integer, ServerCollation> byNumber;

    Definitions(List<ServerCollation> collations) {
        byName = collations.stream().collect(Collectors.toMap(ServerCollation::name, Function.identity()));
        byNumber = collations.stream()
                .collect(Collectors.toMap(ServerCollation::number, Function.identity(), (one, other) -> one));
    }

    /** The name of a collation; null if the server has none of that number. */
    @Nullable
    String collation(int number) {
        ServerCollation found = byNumber.get(number);
        return found == null ? null : found.name();
    }

    TableDefinition of(LiveTable live) {
        List<TableDefinition.Column> columns = Objects.requireNonNull(live.shape()).columns().stream()
                .map(this::column)
                .toList();
        List<TableDefinition.Key> keys = live.keys().stream()
                .map(key -> new TableDefinition.Key(
                        key.name(),
                        key.name().equals(KeyDefinition.PRIMARY) ? "PRIMARY" : key.unique() ? "UNIQUE" : "PLAIN",
                        key.parts().stream()
                                .map(part -> new TableDefinition.Part(part.column(), part.prefix()))
                                .toList()))
                .toList();
        return new TableDefinition(live.collation().toLowerCase(Locale.ROOT), columns, keys);
    }

    private TableDefinition.Column column(ColumnShape column) {
        ServerCollation collation = column.charset() == null ? null : byNumber.get(column.collation());
        List<String> labels = column.labels();
        return new TableDefinition.Column(
                column.name(),
                column.baseType(),
                column.unsigned(),
                column.nullable(),
                collation == null ? null : collation.charset(),
                collation == null ? null : collation.name(),
                labels.isEmpty() ? null : labels);
    }

    static TableDefinition of(TableSchema schema) {
        return new TableDefinition(
                schema.collation(),
                schema.columns().stream()
                        .map(column -> new TableDefinition.Column(
                                column.name(),
                                column.type(),
                                column.unsigned(),
                                column.nullable(),
                                column.charset(),
                                column.collation(),
                                column.labels().isEmpty() ? null : column.labels()))
                        .toList(),
                schema.keys().stream()
                        .map(key -> new TableDefinition.Key(
                                Objects.requireNonNull(key.name()),
                                key.kind().name(),
                                key.parts().stream()
                                        .map(part -> new TableDefinition.Part(part.column(), part.prefix()))
                                        .toList()))
                        .toList());
    }

    static TableSchema schema(Name name, TableDefinition definition) {
        return new TableSchema(
                new TableName(name.schema(), name.table()),
                definition.collation(),
                definition.columns().stream()
                        .map(column -> new Column(
                                column.name(),
                                column.type(),
                                column.unsigned(),
                                column.nullable(),
                                column.charset(),
                                column.collation(),
                                column.labels() == null ? List.of() : column.labels()))
                        .toList(),
                definition.keys().stream()
                        .map(key -> new KeyDefinition(
                                key.name(),
                                KeyDefinition.Kind.valueOf(key.kind()),
                                key.parts().stream()
                                        .map(part -> new KeyDefinition.Part(part.column(), part.prefix()))
                                        .toList()))
                        .toList());
    }

    /**
     * As rows are decoded with it, without the lengths of types, which every table map has.
     *
     * @throws IllegalArgumentException if a collation is not known
     */
    TableShape shape(Name name, TableDefinition definition) {
        List<ColumnShape> columns =
                definition.columns().stream().map(this::shape).toList();
        List<TableDefinition.Part> key = definition.keys().stream()
                .filter(each -> each.kind().equals("PRIMARY"))
                .findFirst()
                .or(() -> definition.keys().stream()
                        .filter(each -> each.kind().equals("UNIQUE")
                                && each.parts().stream().allMatch(part -> tellsRowsApart(part, columns)))
                        .findFirst())
                .map(TableDefinition.Key::parts)
                .orElse(List.of());
        return new TableShape(
                name.schema(),
                name.table(),
                columns,
                key.stream().mapToInt(part -> ordinal(part, columns)).toArray(),
                key.stream().mapToInt(TableDefinition.Part::prefix).toArray());
    }

    private ColumnShape shape(TableDefinition.Column column) {
        StringBuilder type = new StringBuilder(column.type());
        List<String> labels = column.labels();
        if (labels != null) {
            type.append(labels.stream()
                    .map(label -> "'" + label.replace("'", "''") + "'")
                    .collect(Collectors.joining(",", "(", ")")));
        }
        String collation = column.collation();
        ServerCollation known = collation == null ? null : byName.get(collation);
        if (collation != null && known == null) {
            throw new IllegalArgumentException("the source does not know the collation " + collation);
        }
        // what an enum holds and how a binary string is told from a text is decided by the character set
        return ColumnShape.of(
                column.name(),
                type.append(column.unsigned() ? " unsigned" : "").toString(),
                column.nullable(),
                known == null || known.charset().equals("binary") ? 0 : known.number(),
                true);
    }

    private static boolean tellsRowsApart(TableDefinition.Part part, List<ColumnShape> columns) {
        return part.column() != null
                && part.prefix() == 0
                && !columns.get(ordinal(part, columns)).nullable();
    }

    private static int ordinal(TableDefinition.Part part, List<ColumnShape> columns) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equalsIgnoreCase(part.column()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + part.column() + " for a key"));
    }
}
