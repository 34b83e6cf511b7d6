package dev.sluice.binlog.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compiles the decode plan of a table from its table map: an instruction, a length and a type name for each column. */
final class PlanCompiler {
    private static final TextCharset UTF8 = TextCharset.named("utf8mb4");

    private final TableMap map;
    private final List<ColumnShape> shapes = new ArrayList<>();
    private final int[] code;
    private final int[] length;
    private final int[] first;
    private final int[] second;
    private final byte[][][] labels;
    private final TextCharset[] charsets;

    private PlanCompiler(TableMap map) {
        this.map = map;
        int columns = map.columns;
        code = new int[columns];
        length = new int[columns];
        first = new int[columns];
        second = new int[columns];
        labels = new byte[columns][0][];
        charsets = new TextCharset[columns];
        Arrays.fill(charsets, UTF8);
    }

    static DecodePlan compile(TableMap map) {
        PlanCompiler compiler = new PlanCompiler(map);
        for (int i = 0; i < map.columns; i++) {
            compiler.column(i);
        }
        TableShape shape = new TableShape(map.schema, map.table, compiler.shapes, map.primaryKey, map.keyPrefixes);
        return new DecodePlan(
                shape,
                compiler.code,
                compiler.length,
                compiler.first,
                compiler.second,
                compiler.labels,
                compiler.charsets);
    }

    private void column(int i) {
        int low = map.metadata[i] & 0xff;
        int high = map.metadata[i] >> 8 & 0xff;
        switch (map.type[i]) {
            case ColumnType.TINY -> integer(i, CellCode.INT8, 1, "tinyint");
            case ColumnType.SHORT -> integer(i, CellCode.INT16, 2, "smallint");
            case ColumnType.INT24 -> integer(i, CellCode.INT24, 3, "mediumint");
            case ColumnType.LONG -> integer(i, CellCode.INT32, 4, "int");
            case ColumnType.LONGLONG -> integer(i, CellCode.INT64, 8, "bigint");
            case ColumnType.FLOAT -> set(i, CellCode.FLOAT, 4, 0, signed(i, "float"));
            case ColumnType.DOUBLE -> set(i, CellCode.DOUBLE, 8, 0, signed(i, "double"));
            case ColumnType.NEWDECIMAL -> {
                if (high > low || low > 65) {
                    throw new IllegalArgumentException("decimal(" + low + "," + high + ") in " + map);
                }
                set(
                        i,
                        CellCode.DECIMAL,
                        DecimalText.storedBytes(low, high),
                        low,
                        signed(i, "decimal(" + low + "," + high + ")"));
                second[i] = high;
            }
            case ColumnType.YEAR -> set(i, CellCode.YEAR, 1, 0, "year");
            case ColumnType.DATE -> set(i, CellCode.DATE, 3, 0, "date");
            case ColumnType.TIME -> set(i, CellCode.OLD_TIME, 3, 0, "time");
            case ColumnType.DATETIME -> set(i, CellCode.OLD_DATETIME, 8, 0, "datetime");
            case ColumnType.TIMESTAMP -> set(i, CellCode.OLD_TIMESTAMP, 4, 0, "timestamp");
            case ColumnType.TIME2 -> temporal(i, CellCode.TIME, 3, low, "time");
            case ColumnType.DATETIME2 -> temporal(i, CellCode.DATETIME, 5, low, "datetime");
            case ColumnType.TIMESTAMP2 -> temporal(i, CellCode.TIMESTAMP, 4, low, "timestamp");
            case ColumnType.BIT -> {
                int bytes = high + (low > 0 ? 1 : 0);
                set(i, CellCode.BIT, bytes, bytes, "bit(" + (high * 8 + low) + ")");
            }
            case ColumnType.ENUM, ColumnType.SET -> labelled(i, low);
            case ColumnType.STRING -> {
                // lengths above 255 have put two bits into the type byte
                boolean packed = (low & 0x30) != 0x30;
                int bytes = packed ? high | ((low & 0x30) ^ 0x30) << 4 : high;
                string(i, bytes, "char", "binary", true);
            }
            case ColumnType.VARCHAR, ColumnType.VAR_STRING -> string(i, map.metadata[i], "varchar", "varbinary", false);
            case ColumnType.VARCHAR_COMPRESSED -> {
                string(i, map.metadata[i] - 1, "varchar", "varbinary", false);
                length[i] = map.metadata[i] > 255 ? -2 : -1;
                compressed(i);
            }
            case ColumnType.BLOB -> large(i, low);
            case ColumnType.BLOB_COMPRESSED -> {
                large(i, low);
                compressed(i);
            }
            case ColumnType.GEOMETRY -> set(i, CellCode.BYTES, -low, 0, "geometry");
            case ColumnType.VECTOR -> set(i, CellCode.BYTES, -low, 0, "vector");
            case ColumnType.JSON -> set(i, CellCode.JSON, -low, 0, "json");
            default ->
                throw new IllegalArgumentException("column " + map.names.get(i) + " of " + map + " has the type "
                        + map.type[i] + ", which is not supported");
        }
        if (length[i] < -4) {
            throw new IllegalArgumentException(
                    "column " + map.names.get(i) + " of " + map + ": bad length of its length");
        }
    }

    private void integer(int i, int signedCode, int bytes, String name) {
        set(i, map.unsigned[i] ? signedCode + 1 : signedCode, bytes, 0, signed(i, name));
    }

    private String signed(int i, String name) {
        return map.unsigned[i] ? name + " unsigned" : name;
    }

    private void temporal(int i, int cellCode, int bytes, int fsp, String name) {
        if (fsp > 6) {
            throw new IllegalArgumentException(name + "(" + fsp + ") in " + map);
        }
        set(i, cellCode, bytes + (fsp + 1) / 2, fsp, fsp == 0 ? name : name + "(" + fsp + ")");
    }

    private void string(int i, int bytes, String textName, String binaryName, boolean fixed) {
        int prefix = bytes > 255 ? -2 : -1;
        if (map.collation[i] == Collations.BINARY || map.collation[i] == 0) {
            set(i, CellCode.BYTES, prefix, fixed ? bytes : 0, binaryName + "(" + bytes + ")");
            return;
        }
        String charset = charset(i);
        text(i, prefix, textName + "(" + bytes / Collations.bytesPerCharacter(charset) + ")", charset);
    }

    private void large(int i, int prefix) {
        String size =
                switch (prefix) {
                    case 1 -> "tiny";
                    case 2 -> "";
                    case 3 -> "medium";
                    default -> "long";
                };
        if (map.collation[i] == Collations.BINARY || map.collation[i] == 0) {
            set(i, CellCode.BYTES, -prefix, 0, size + "blob");
        } else {
            text(i, -prefix, size + "text", charset(i));
        }
    }

    private void text(int i, int prefix, String name, String charset) {
        charsets[i] = TextCharset.named(charset);
        code[i] = charsets[i].utf8() ? CellCode.UTF8 : CellCode.TEXT;
        length[i] = prefix;
        shape(i, name, charset);
    }

    private void compressed(int i) {
        code[i] = code[i] == CellCode.BYTES ? CellCode.COMPRESSED_BYTES : CellCode.COMPRESSED_TEXT;
    }

    private void labelled(int i, int bytes) {
        boolean isEnum = map.type[i] == ColumnType.ENUM;
        String charset = charset(i);
        TextCharset decoder = map.labelsInUtf8 ? UTF8 : TextCharset.named(charset);
        StringBuilder name = new StringBuilder(isEnum ? "enum(" : "set(");
        byte[][] source = map.labels[i];
        byte[][] rendered = new byte[source.length][];
        JsonBuffer json = new JsonBuffer();
        for (int k = 0; k < source.length; k++) {
            int end = decoder.quoted(json, 0, source[k], 0, source[k].length);
            rendered[k] = isEnum ? Arrays.copyOf(json.bytes, end) : Arrays.copyOfRange(json.bytes, 1, end - 1);
            String label = map.labelsInUtf8
                    ? new String(source[k], StandardCharsets.UTF_8)
                    : CollationText.decode(map.collation[i], source[k], 0, source[k].length);
            name.append(k == 0 ? "'" : ",'").append(label.replace("'", "''")).append('\'');
        }
        if (source.length == 0) {
            throw new IllegalArgumentException("there are no labels for column " + map.names.get(i) + " of " + map);
        }
        labels[i] = rendered;
        code[i] = isEnum ? CellCode.ENUM : CellCode.SET;
        length[i] = bytes;
        shape(i, name.append(')').toString(), charset);
    }

    private String charset(int i) {
        String charset = Collations.charset(map.collation[i]);
        if (charset == null) {
            throw new IllegalArgumentException("column " + map.names.get(i) + " of " + map
                    + " has the collation number " + map.collation[i] + ", which is not known");
        }
        return charset.toLowerCase(Locale.ROOT);
    }

    private void set(int i, int cellCode, int cellLength, int firstArgument, String type) {
        code[i] = cellCode;
        length[i] = cellLength;
        first[i] = firstArgument;
        shape(i, type, null);
    }

    private void shape(int i, String type, @Nullable String charset) {
        shapes.add(new ColumnShape(
                map.names.get(i),
                type,
                map.nullable[i],
                charset,
                charset == null ? 0 : map.collation[i],
                map.visible[i]));
    }
}
