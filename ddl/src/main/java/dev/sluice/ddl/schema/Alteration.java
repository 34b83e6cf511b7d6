package dev.sluice.ddl.schema;

import dev.sluice.ddl.AlterAction;
import dev.sluice.ddl.ColumnDefinition;
import dev.sluice.ddl.KeyDefinition;
import dev.sluice.ddl.Place;
import dev.sluice.ddl.TableCharset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does an ALTER TABLE as the server does it: names of what is changed are those before, all at once; columns that change
 * without a place stay where they are, and then the others go to their places one by one, behind names that hold after.
 */
final class Alteration {
    private static final Map<String, Long> TEXT_BYTES = Map.of(
            "tinytext",
            (1L << 8) - 1,
            "text",
            (1L << 16) - 1,
            "mediumtext",
            (1L << 24) - 1,
            "longtext",
            (1L << 32) - 1);

    private final TableSchema table;
    private final Charsets charsets;
    private final ServerRules rules;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private final List<KeyDefinition> keys;
    private final List<KeyDefinition> addedKeys = new ArrayList<>();
    private String collation;

    /** A column that was there: what becomes of it, null if it goes or moves. */
    private static final class Slot {
        private final Column before;
        private @Nullable Column after;
        private @Nullable String name;

        Slot(Column column) {
            before = column;
            after = column;
            name = column.name();
        }
    }

    private record Placed(Column column, @Nullable Place place) {}

    Alteration(TableSchema table, ServerRules rules) {
        this.table = table;
        this.rules = rules;
        this.charsets = rules.charsets();
        this.collation = table.collation();
        this.keys = new ArrayList<>(table.keys());
        table.columns().forEach(column -> slots.add(new Slot(column)));
    }

    TableSchema apply(List<AlterAction> actions) {
        if (actions.stream()
                        .filter(AlterAction.DefaultCharset.class::isInstance)
                        .count()
                > 1) {
            throw new IllegalArgumentException("servers differ in what a second default character set does");
        }
        // whatever its place in the statement, a new default holds for all columns in it
        actions.forEach(this::charset);
        actions.forEach(this::drop);
        actions.forEach(this::change);
        List<Column> columns = columns();
        return Keys.settled(table.name(), collation, columns, keys(), addedKeys);
    }

    private void charset(AlterAction action) {
        if (action instanceof AlterAction.DefaultCharset named) {
            collation = charsets.collation(named.charset(), collation);
        } else if (action instanceof AlterAction.ConvertCharset convert) {
            if (convert.charset().equals(TableCharset.NONE)) {
                throw new IllegalArgumentException("servers differ in what DEFAULT is here");
            }
            collation = charsets.collation(convert.charset(), collation);
            slots.forEach(slot -> slot.after = converted(slot.before));
        }
    }

    private Column converted(Column column) {
        String before = column.collation();
        if (before == null || "binary".equals(column.charset())) {
            return column;
        }
        Column after = column.withCharset(charsets.charsetOf(collation), collation);
        Long bytes = TEXT_BYTES.get(column.type());
        if (bytes != null) {
            long characters = bytes / charsets.width(before);
            after = after.ofType(ColumnResolution.ofSize("text", characters * charsets.width(collation)));
        }
        return ColumnResolution.binaryForm(after);
    }

    private void drop(AlterAction action) {
        if (action instanceof AlterAction.DropColumn drop) {
            Slot slot = slot(drop.name(), drop.ifExists());
            if (slot != null) {
                slot.after = null;
                slot.name = null;
            }
        } else if (action instanceof AlterAction.DropPrimaryKey) {
            dropKey(KeyDefinition.PRIMARY, false);
        } else if (action instanceof AlterAction.DropKey drop) {
            dropKey(drop.name(), drop.ifExists());
        } else if (action instanceof AlterAction.DropConstraint drop) {
            KeyDefinition key = Keys.find(keys, drop.name());
            if (key != null && key.kind() != KeyDefinition.Kind.PLAIN) {
                keys.remove(key);
            }
        }
    }

    private void dropKey(String name, boolean ifExists) {
        KeyDefinition key = Keys.find(keys, name);
        if (key == null && !ifExists) {
            throw new IllegalArgumentException("no key " + name);
        }
        keys.remove(key);
    }

    private void change(AlterAction action) {
        if (action instanceof AlterAction.AddColumn add) {
            if (!add.ifNotExists() || !has(add.column().name())) {
                checkReplaced(add.column().name());
                placed.add(new Placed(resolved(add.column()), add.place()));
            }
        } else if (action instanceof AlterAction.ChangeColumn change) {
            Slot slot = slot(change.name(), change.ifExists());
            if (slot != null) {
                Column column = resolved(change.column());
                checkKeys(slot.before, column);
                slot.name = column.name();
                slot.after = change.place() == null ? column : null;
                if (change.place() != null) {
                    placed.add(new Placed(column, change.place()));
                }
            }
        } else if (action instanceof AlterAction.RenameColumn rename) {
            Slot slot = slot(rename.from(), rename.ifExists());
            if (slot != null && slot.after != null) {
                slot.name = rename.to();
                slot.after = slot.after.named(rename.to());
            }
        } else if (action instanceof AlterAction.RenameKey rename) {
            KeyDefinition key = Keys.find(keys, rename.from());
            if (key == null) {
                throw new IllegalArgumentException("no key " + rename.from());
            }
            keys.set(keys.indexOf(key), Keys.named(key, rename.to()));
        } else if (action instanceof AlterAction.AddKey add) {
            String name = add.key().name();
            if (!add.ifNotExists() || name == null || Keys.find(keys, name) == null) {
                addedKeys.add(add.key());
            }
        }
    }

    /** MariaDB 11.4 leaves a column in its keys that one statement drops and adds anew, others take it out. */
    private void checkReplaced(String name) {
        if (table.keys().stream()
                .flatMap(key -> key.parts().stream())
                .anyMatch(part -> name.equalsIgnoreCase(part.column()))) {
            throw new IllegalArgumentException("servers differ in whether keys keep a column that is replaced");
        }
    }

    /** How much of a column a key holds may change with its type. */
    private void checkKeys(Column before, Column after) {
        boolean same = before.type().equals(after.type());
        boolean inKey = table.keys().stream()
                .filter(key -> key.kind() == KeyDefinition.Kind.PRIMARY || key.kind() == KeyDefinition.Kind.UNIQUE)
                .flatMap(key -> key.parts().stream())
                .anyMatch(part -> before.name().equalsIgnoreCase(part.column())
                        && (part.prefix() > 0 || Keys.isLong(after) || isNumbered(before)));
        if (!same && inKey) {
            throw new IllegalArgumentException("a key holds part of " + before.name() + ", which gets another type");
        }
    }

    /** Of what is kept as the number of a label, as many bytes stay in a key when it becomes text. */
    private static boolean isNumbered(Column column) {
        return column.type().startsWith("enum") || column.type().startsWith("set");
    }

    private boolean has(String name) {
        return table.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }

    private Column resolved(ColumnDefinition column) {
        return new ColumnResolution(rules, collation).resolve(column);
    }

    private @Nullable Slot slot(String name, boolean ifExists) {
        for (Slot slot : slots) {
            if (slot.before.name().equalsIgnoreCase(name)) {
                return slot;
            }
        }
        if (ifExists) {
            return null;
        }
        throw new IllegalArgumentException("no column " + name);
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.after != null) {
                columns.add(slot.after);
            }
        }
        for (Placed each : placed) {
            if (each.place == null) {
                columns.add(each.column);
            } else {
                String after = each.place.after();
                columns.add(after == null ? 0 : index(columns, after) + 1, each.column);
            }
        }
        return columns;
    }

    private static int index(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + name);
    }

    /** The keys that stay, of the columns that stay, by their new names. */
    private List<KeyDefinition> keys() {
        List<KeyDefinition> left = new ArrayList<>();
        for (KeyDefinition key : keys) {
            List<KeyDefinition.Part> parts = new ArrayList<>();
            for (KeyDefinition.Part part : key.parts()) {
                String column = part.column();
                String name = column == null ? null : nameAfter(column);
                if (column == null || name != null) {
                    parts.add(new KeyDefinition.Part(name, part.prefix()));
                }
            }
            if (!parts.isEmpty()) {
                left.add(new KeyDefinition(key.name(), key.kind(), List.copyOf(parts)));
            }
        }
        return left;
    }

    private @Nullable String nameAfter(String column) {
        Slot slot = slot(column, true);
        return slot == null ? null : slot.name;
    }
}
