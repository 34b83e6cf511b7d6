package dev.sluice.ddl.schema;

import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives keys the names and columns the marks that the server gives them. */
final class Keys {
    private static final String EXPRESSION = "functional_index";

    private Keys() {}

    /** A table with its keys named, and the columns of its primary key not NULL. */
    static TableSchema settled(
            TableName table,
            String collation,
            List<Column> columns,
            List<KeyDefinition> old,
            List<KeyDefinition> added) {
        List<KeyDefinition> keys = new ArrayList<>(old);
        List<KeyDefinition> foreign = new ArrayList<>();
        for (KeyDefinition key : added) {
            KeyDefinition known = ofColumns(key, columns);
            if (known.kind() == KeyDefinition.Kind.UNIQUE && holdsPoint(known, columns)) {
                throw new IllegalArgumentException("a unique key of a geometry");
            }
            if (known.kind() == KeyDefinition.Kind.FOREIGN) {
                foreign.add(known);
            } else {
                // an index that the server made for a foreign key goes where another serves
                keys.removeIf(other -> other.kind() == KeyDefinition.Kind.FOREIGN && begins(known, other));
                keys.add(known.name() != null ? known : named(known, freeName(known, keys, old)));
            }
        }
        for (KeyDefinition key : foreign) {
            if (keys.stream().noneMatch(other -> begins(other, key))) {
                keys.add(key.name() != null ? key : named(key, freeName(key, keys, old)));
            }
        }
        List<Column> marked = columns.stream()
                .map(column -> isPrimary(column, keys) ? column.notNull() : column)
                .toList();
        return new TableSchema(table, collation, marked, List.copyOf(keys));
    }

    /** The key with its columns written as the table has them. */
    private static KeyDefinition ofColumns(KeyDefinition key, List<Column> columns) {
        List<KeyDefinition.Part> parts = key.parts().stream()
                .map(part -> new KeyDefinition.Part(
                        part.column() == null ? null : written(part.column(), columns), part.prefix()))
                .toList();
        return new KeyDefinition(key.name(), key.kind(), parts);
    }

    private static boolean holdsPoint(KeyDefinition key, List<Column> columns) {
        return columns.stream()
                .filter(column -> column.type().equals("geometry"))
                .anyMatch(column ->
                        key.parts().stream().anyMatch(part -> column.name().equals(part.column())));
    }

    /** Whether a key can only hold part of a column of such a type. */
    static boolean isLong(Column column) {
        return column.type().endsWith("text")
                || column.type().endsWith("blob")
                || column.type().equals("geometry");
    }

    private static String written(String name, List<Column> columns) {
        return columns.stream()
                .map(Column::name)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a key of an unknown column " + name));
    }

    private static boolean isPrimary(Column column, List<KeyDefinition> keys) {
        return keys.stream()
                .filter(key -> key.kind() == KeyDefinition.Kind.PRIMARY)
                .flatMap(key -> key.parts().stream())
                .anyMatch(part -> column.name().equalsIgnoreCase(part.column()));
    }

    /** Whether a key begins with the columns of another. */
    private static boolean begins(KeyDefinition key, KeyDefinition with) {
        if (key.parts().size() < with.parts().size()) {
            return false;
        }
        for (int i = 0; i < with.parts().size(); i++) {
            String column = with.parts().get(i).column();
            if (column == null || !column.equalsIgnoreCase(key.parts().get(i).column())) {
                return false;
            }
        }
        return true;
    }

    /** A key without a name is called like its first column, and with a number behind if that is taken. */
    private static String freeName(KeyDefinition key, List<KeyDefinition> keys, List<KeyDefinition> old) {
        String first = key.parts().get(0).column();
        String base = first == null ? EXPRESSION : first;
        KeyDefinition taken = find(keys, base);
        if (!base.equalsIgnoreCase(KeyDefinition.PRIMARY) && taken == null) {
            return base;
        }
        if (taken != null && old.contains(taken) && taken.kind() == KeyDefinition.Kind.PLAIN && begins(key, taken)) {
            throw new IllegalArgumentException(
                    "the server may have made " + base + " itself and put this in its place");
        }
        int number = 2;
        while (find(keys, base + "_" + number) != null) {
            number++;
        }
        return base + "_" + number;
    }

    static KeyDefinition named(KeyDefinition key, String name) {
        return new KeyDefinition(name, key.kind(), key.parts());
    }

    static @Nullable KeyDefinition find(List<KeyDefinition> keys, String name) {
        return keys.stream()
                .filter(key -> name.equalsIgnoreCase(key.name()))
                .findFirst()
                .orElse(null);
    }
}
