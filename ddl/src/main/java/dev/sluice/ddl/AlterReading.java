package dev.sluice.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Reads what an ALTER TABLE does, item by item. */
final class AlterReading {
    private static final Set<String> WHOLE_PARTS = Set.of("PARTITION", "PARTITIONING", "TABLESPACE");
    private static final Set<String> ITEMS = Set.of("alterListItem", "alterSpecification");

    private final Nodes nodes;
    private final Dialect dialect;
    private final List<AlterAction> actions = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private @Nullable TableName renamed;

    AlterReading(Nodes nodes, Dialect dialect) {
        this.nodes = nodes;
        this.dialect = dialect;
    }

    List<TableChange> read(ParserRuleContext alter) {
        List<TableName> tables = nodes.tables(alter);
        TableName table = tables.get(0);
        nodes.below(alter, ITEMS).forEach(this::item);
        TableCharset charset = TableCharsets.of(nodes, alter);
        if (!charset.equals(TableCharset.NONE)) {
            actions.add(new AlterAction.DefaultCharset(charset));
        }
        nodes.below(alter, TableCharsets.OPTIONS).forEach(option -> others.add(String.join(" ", nodes.words(option))));
        if (WHOLE_PARTS.stream().anyMatch(nodes.words(alter)::contains)) {
            others.add("a change of partitions or tablespaces");
        }
        List<TableChange> changes = new ArrayList<>();
        if (nodes.words(alter).contains("EXCHANGE")) {
            changes.add(new TableChange.Exchange(table, tables.get(tables.size() - 1)));
        } else {
            changes.add(new TableChange.Alter(table, List.copyOf(actions), List.copyOf(others)));
        }
        if (renamed != null) {
            changes.add(new TableChange.Rename(table, renamed));
        }
        return List.copyOf(changes);
    }

    private void item(ParserRuleContext item) {
        List<String> words = nodes.words(item);
        if (!nodes.children(item, Set.of("alterPartitionSpecification")).isEmpty()) {
            others.add(String.join(" ", words));
            return;
        }
        switch (words.get(0)) {
            case "ADD" -> add(item);
            case "CHANGE" -> {
                List<String> names = nodes.identifiers(item);
                change(item, names.get(0), names.get(1));
            }
            case "MODIFY" -> {
                String name = nodes.identifiers(item).get(0);
                change(item, name, name);
            }
            case "DROP" -> drop(item);
            case "RENAME" -> rename(item, words);
            case "CONVERT" -> actions.add(new AlterAction.ConvertCharset(TableCharsets.among(words)));
            case "DEFAULT", "CHARACTER" -> {
                if (nodes.below(item, Set.of("tableOption")).isEmpty()) {
                    actions.add(new AlterAction.DefaultCharset(TableCharsets.named(words)));
                }
            }
            default -> others.add(String.join(" ", words));
        }
    }

    private void add(ParserRuleContext item) {
        boolean ifNotExists = !nodes.children(item, Set.of("ifNotExists")).isEmpty();
        if (nodes.special(item)) {
            others.add(String.join(" ", nodes.words(item)));
        }
        List<ParserRuleContext> fields = nodes.children(item, Nodes.FIELD);
        List<String> names = nodes.identifiers(item);
        if (!fields.isEmpty()) {
            Place place = place(item);
            for (int i = 0; i < fields.size(); i++) {
                addColumn(names.get(i), fields.get(i), place, ifNotExists);
            }
            return;
        }
        List<ParserRuleContext> elements = nodes.below(item, Set.of("tableElement", "createDefinition"));
        List<ParserRuleContext> constraints = nodes.below(item, Nodes.CONSTRAINT);
        if (!elements.isEmpty()) {
            List<ColumnDefinition> columns = new ArrayList<>();
            List<KeyDefinition> keys = new ArrayList<>();
            elements.forEach(element -> StatementReading.element(nodes, dialect, element, columns, keys));
            columns.forEach(column -> actions.add(new AlterAction.AddColumn(column, null, ifNotExists)));
            keys.forEach(key -> actions.add(new AlterAction.AddKey(key, ifNotExists)));
        } else {
            ParserRuleContext constraint = constraints.isEmpty() ? item : constraints.get(0);
            boolean orNot = nodes.has(item, "ifNotExists");
            KeyReading.of(nodes, constraint).ifPresent(key -> actions.add(new AlterAction.AddKey(key, orNot)));
        }
    }

    private void addColumn(String name, ParserRuleContext field, @Nullable Place place, boolean ifNotExists) {
        List<KeyDefinition> keys = new ArrayList<>();
        ColumnDefinition column = ColumnReading.read(nodes, dialect, name, field, keys);
        actions.add(new AlterAction.AddColumn(column, place, ifNotExists));
        keys.forEach(key -> actions.add(new AlterAction.AddKey(key, ifNotExists)));
    }

    private void change(ParserRuleContext item, String from, String to) {
        List<KeyDefinition> keys = new ArrayList<>();
        ParserRuleContext field = nodes.children(item, Nodes.FIELD).get(0);
        ColumnDefinition column = ColumnReading.read(nodes, dialect, to, field, keys);
        actions.add(new AlterAction.ChangeColumn(from, column, place(item), ifExists(item)));
        keys.forEach(key -> actions.add(new AlterAction.AddKey(key, false)));
    }

    private void drop(ParserRuleContext item) {
        List<String> names = nodes.identifiers(item);
        switch (kind(item)) {
            case "PRIMARY" -> actions.add(new AlterAction.DropPrimaryKey());
            case "INDEX", "KEY" -> actions.add(new AlterAction.DropKey(last(names), ifExists(item)));
            case "CONSTRAINT" -> actions.add(new AlterAction.DropConstraint(last(names)));
            case "FOREIGN", "CHECK" -> {
                // no key and no column
            }
            case "", "COLUMN" -> actions.add(new AlterAction.DropColumn(names.get(0), ifExists(item)));
            default -> throw new IllegalArgumentException("DROP " + kind(item));
        }
    }

    /** The keyword behind the first; empty if a name stands there. */
    private String kind(ParserRuleContext item) {
        boolean keyOrIndex = !nodes.children(item, Set.of("keyOrIndex")).isEmpty();
        List<String> keywords = Nodes.keywords(item);
        boolean behind = keywords.size() > 1 && item.getChild(1).getChildCount() == 0;
        return keyOrIndex ? "KEY" : behind ? keywords.get(1) : "";
    }

    private void rename(ParserRuleContext item, List<String> words) {
        List<String> names = nodes.identifiers(item);
        switch (kind(item)) {
            case "COLUMN" -> actions.add(new AlterAction.RenameColumn(names.get(0), names.get(1), ifExists(item)));
            case "INDEX", "KEY" -> actions.add(new AlterAction.RenameKey(names.get(0), names.get(1)));
            case "", "TO", "AS", "=" -> renamed = nodes.tables(item).get(0);
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private @Nullable Place place(ParserRuleContext item) {
        List<ParserRuleContext> places = nodes.children(item, Set.of("place"));
        ParserRuleContext in = places.isEmpty() ? item : places.get(0);
        List<String> keywords = Nodes.keywords(in);
        if (keywords.contains("FIRST")) {
            return new Place(null);
        }
        return keywords.contains("AFTER") ? new Place(last(nodes.identifiers(in))) : null;
    }

    private boolean ifExists(ParserRuleContext item) {
        return !nodes.children(item, Set.of("ifExists")).isEmpty();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
