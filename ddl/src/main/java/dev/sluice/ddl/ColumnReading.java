package dev.sluice.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Reads the definition of one column: its type, what its attributes say of it, and the keys that it brings with it. */
final class ColumnReading {
    private static final Set<String> ENUMERATIONS = Set.of("enum", "set");

    private final Nodes nodes;
    private final Dialect dialect;
    private final String name;
    private final List<KeyDefinition> keys;
    private @Nullable String charset;
    private @Nullable String collation;
    private @Nullable Boolean nullable;
    private boolean binary;

    private ColumnReading(Nodes nodes, Dialect dialect, String name, List<KeyDefinition> keys) {
        this.nodes = nodes;
        this.dialect = dialect;
        this.name = name;
        this.keys = keys;
    }

    /**
     * Reads a definition.
     *
     * @param keys takes the keys that it brings
     */
    static ColumnDefinition read(
            Nodes nodes, Dialect dialect, String name, ParserRuleContext field, List<KeyDefinition> keys) {
        return new ColumnReading(nodes, dialect, name, keys).column(field);
    }

    private ColumnDefinition column(ParserRuleContext field) {
        ParserRuleContext dataType = nodes.children(field, Set.of("dataType")).get(0);
        List<String> type = nodes.words(dataType);
        String base = TypeName.of(type, dialect);
        typeCharset(type);
        boolean serial = type.get(0).equals("SERIAL");
        if (serial) {
            nullable = false;
            key(KeyDefinition.Kind.UNIQUE);
        }
        for (ParserRuleContext child : Nodes.children(field)) {
            if (child != dataType) {
                attribute(nodes.words(child));
            }
        }
        boolean unsigned = serial || type.contains("UNSIGNED") || type.contains("ZEROFILL");
        List<String> labels = ENUMERATIONS.contains(base) ? labels(nodes.tokens(dataType)) : List.of();
        return new ColumnDefinition(
                name,
                base,
                length(dataType, type),
                unsigned,
                nullable,
                charset,
                collation,
                binary,
                labels,
                DetailReading.read(nodes, dialect, field, dataType));
    }

    private static long length(ParserRuleContext dataType, List<String> type) {
        int at = type.indexOf("(");
        boolean number = at > 0 && Character.isDigit(type.get(at + 1).charAt(0));
        return number && dataType.getChild(0) instanceof TerminalNode ? Long.parseLong(type.get(at + 1)) : -1;
    }

    /** The server cuts blanks off their ends. */
    private List<String> labels(List<String> tokens) {
        List<String> labels = new ArrayList<>();
        for (String token : tokens.subList(tokens.indexOf("(") + 1, tokens.indexOf(")"))) {
            if (Strings.isLiteral(token)) {
                labels.add(Strings.text(token, dialect).replaceAll(" +$", ""));
            } else if (!token.equals(",")) {
                throw new IllegalArgumentException("a label that is not plain text: " + token);
            }
        }
        return labels;
    }

    private void typeCharset(List<String> type) {
        String first = type.get(0);
        boolean json = first.equals("JSON") && dialect.mariaDb();
        if (first.equals("NATIONAL") || first.startsWith("NCHAR") || first.equals("NVARCHAR")) {
            charset = "utf8mb3";
        }
        for (String word : type.subList(1, type.size())) {
            switch (word) {
                case "BYTE" -> charset = "binary";
                case "ASCII" -> charset = "latin1";
                case "UNICODE" -> charset = "ucs2";
                case "BINARY" -> binary = true;
                default -> {}
            }
        }
        TableCharset named = TableCharsets.among(type);
        charset = named.charset() == null ? charset : named.charset();
        collation = named.collation();
        if ("binary".equals(charset)) {
            binary = false;
        }
        if (json) {
            charset = charset == null ? "utf8mb4" : charset;
            collation = collation == null ? "utf8mb4_bin" : collation;
        }
    }

    private void attribute(List<String> words) {
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "PRIMARY", "KEY" -> {
                nullable = false;
                key(KeyDefinition.Kind.PRIMARY);
            }
            case "UNIQUE" -> key(KeyDefinition.Kind.UNIQUE);
            case "SERIAL" -> {
                nullable = false;
                key(KeyDefinition.Kind.UNIQUE);
            }
            case "NULL" -> nullable = true;
            case "NOT" -> nullable = words.contains("NULL") ? Boolean.FALSE : nullable;
            case "COLLATE" -> collation = TableCharsets.among(words).collation();
            default -> {
                // defaults, comments, checks: neither its type nor its keys
            }
        }
    }

    private void key(KeyDefinition.Kind kind) {
        boolean primary = kind == KeyDefinition.Kind.PRIMARY;
        keys.add(new KeyDefinition(
                primary ? KeyDefinition.PRIMARY : null, kind, List.of(new KeyDefinition.Part(name, 0))));
    }
}
