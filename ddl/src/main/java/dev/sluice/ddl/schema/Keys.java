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
        for (KeyDefinition key : added) {
            if (key.kind() != KeyDefinition.Kind.FOREIGN) {
                check(key, columns);
                keys.add(key.name() != null ? key : named(key, freeName(key, keys)));
            }
        }
        for (KeyDefinition key : added) {
            // after the others, for one of them may serve
            if (key.kind() == KeyDefinition.Kind.FOREIGN && keys.stream().noneMatch(other -> begins(other, key))) {
                String name = key.name() != null ? key.name() : freeName(key, keys);
                keys.add(new KeyDefinition(name, KeyDefinition.Kind.PLAIN, key.parts()));
            }
        }
        List<Column> marked = columns.stream()
                .map(column -> isPrimary(column, keys) ? column.notNull() : column)
                .toList();
        return new TableSchema(table, collation, marked, List.copyOf(keys));
    }

    private static void check(KeyDefinition key, List<Column> columns) {
        for (KeyDefinition.Part part : key.parts()) {
            String name = part.column();
            if (name != null
                    && columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw new IllegalArgumentException("a key of an unknown column " + name);
            }
        }
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
    private static String freeName(KeyDefinition key, List<KeyDefinition> keys) {
        String first = key.parts().get(0).column();
        String base = first == null ? EXPRESSION : first;
        if (!base.equalsIgnoreCase(KeyDefinition.PRIMARY) && find(keys, base) == null) {
            return base;
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
