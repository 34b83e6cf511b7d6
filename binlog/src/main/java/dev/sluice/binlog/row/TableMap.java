package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A parsed TABLE_MAP event with its optional metadata.
 *
 * <p>Source: MySQL sources, libs/mysql/binlog/event/rows_event.h, Table_map_event::Optional_metadata_field_type.
 */
final class TableMap {
    private static final int SIGNEDNESS = 1;
    private static final int DEFAULT_CHARSET = 2;
    private static final int COLUMN_CHARSET = 3;
    private static final int COLUMN_NAME = 4;
    private static final int SET_LABELS = 5;
    private static final int ENUM_LABELS = 6;
    private static final int SIMPLE_PRIMARY_KEY = 8;
    private static final int PRIMARY_KEY_WITH_PREFIX = 9;
    private static final int LABEL_DEFAULT_CHARSET = 10;
    private static final int LABEL_COLUMN_CHARSET = 11;
    private static final int VISIBILITY = 12;

    final String schema;
    final String table;
    final int columns;
    /** Real type of each column: ENUM and SET instead of the STRING they are written as. */
    final int[] type;
    /** Metadata of each column, the first byte low. */
    final int[] metadata;

    final boolean[] nullable;
    final boolean[] unsigned;
    final boolean[] visible;
    final int[] collation;
    final List<String> names = new ArrayList<>();
    /** Labels of ENUM and SET columns in the column's character set; empty for others. */
    final byte[][][] labels;

    /** Whether the labels are UTF-8 instead. */
    boolean labelsInUtf8;

    int[] primaryKey = new int[0];
    int[] keyPrefixes = new int[0];
    private final MapRules rules;
    private boolean signsKnown;

    /** Parses what follows table id and flags. */
    TableMap(ByteCursor event, MapRules rules) {
        this.rules = rules;
        schema = event.text(event.uint8());
        event.skip(1);
        table = event.text(event.lengthEncoded());
        event.skip(1);
        long count = event.lengthEncoded();
        if (count < 1 || count > 4096 * 2) {
            throw new IllegalArgumentException("table " + schema + "." + table + " with " + count + " columns");
        }
        columns = (int) count;
        type = new int[columns];
        metadata = new int[columns];
        nullable = new boolean[columns];
        unsigned = new boolean[columns];
        visible = new boolean[columns];
        Arrays.fill(visible, true);
        collation = new int[columns];
        labels = new byte[columns][0][];
        for (int i = 0; i < columns; i++) {
            type[i] = event.uint8();
        }
        readMetadata(event.slice(event.lengthEncoded()));
        ByteCursor nulls = event.slice((columns + 7) / 8);
        for (int i = 0; i < columns; i++) {
            nullable[i] = (nulls.bytes()[nulls.position() + i / 8] >> i % 8 & 1) != 0;
        }
        while (event.remaining() > 0) {
            int field = event.uint8();
            readOptional(field, event.slice(event.lengthEncoded()));
        }
    }

    /** Whether it says all that rows are decoded with. */
    boolean complete() {
        return names.size() == columns && (signsKnown || !hasNumber());
    }

    /** Takes what it does not say from a shape with as many columns. */
    void describe(TableShape given) {
        names.clear();
        labelsInUtf8 = true;
        for (int i = 0; i < columns; i++) {
            ColumnShape column = given.columns().get(i);
            names.add(column.name());
            visible[i] = column.visible();
            if (!signsKnown) {
                unsigned[i] = column.unsigned();
            }
            if (collation[i] == 0) {
                collation[i] = column.collation();
            }
            if (type[i] == ColumnType.ENUM || type[i] == ColumnType.SET) {
                labels[i] = column.labels().stream()
                        .map(label -> label.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
            }
        }
        primaryKey = given.primaryKey();
        keyPrefixes = given.keyPrefixes();
    }

    private boolean hasNumber() {
        return Arrays.stream(type).anyMatch(each -> ColumnType.hasSign(each, false));
    }

    private void readMetadata(ByteCursor bytes) {
        for (int i = 0; i < columns; i++) {
            int size = ColumnType.metadataBytes(type[i]);
            if (size < 0) {
                throw new IllegalArgumentException(
                        "column " + (i + 1) + " of " + this + " has the type " + type[i] + ", which is not supported");
            }
            metadata[i] = (int) bytes.unsigned(size);
            if (type[i] == ColumnType.STRING) {
                int real = metadata[i] & 0xff;
                if (real == ColumnType.ENUM || real == ColumnType.SET) {
                    type[i] = real;
                    metadata[i] >>= 8;
                }
            } else if (type[i] == ColumnType.ENUM || type[i] == ColumnType.SET) {
                metadata[i] >>= 8;
            }
        }
    }

    private void readOptional(int field, ByteCursor value) {
        switch (field) {
            case SIGNEDNESS -> readSigns(value);
            case DEFAULT_CHARSET -> readDefaultCharset(value, false);
            case COLUMN_CHARSET -> readColumnCharset(value, false);
            case COLUMN_NAME -> {
                while (value.remaining() > 0) {
                    names.add(value.text(value.lengthEncoded()));
                }
            }
            case SET_LABELS -> readLabels(value, ColumnType.SET);
            case ENUM_LABELS -> readLabels(value, ColumnType.ENUM);
            case SIMPLE_PRIMARY_KEY -> readKey(value, false);
            case PRIMARY_KEY_WITH_PREFIX -> readKey(value, true);
            case LABEL_DEFAULT_CHARSET -> readDefaultCharset(value, true);
            case LABEL_COLUMN_CHARSET -> readColumnCharset(value, true);
            case VISIBILITY -> {
                for (int i = 0; i < columns; i++) {
                    visible[i] = (value.bytes()[value.position() + i / 8] & 0x80 >> i % 8) != 0;
                }
            }
            default -> {
                // geometry subtypes, vector dimensions and what later versions add do not change how a row is read
            }
        }
    }

    private void readSigns(ByteCursor value) {
        signsKnown = true;
        boolean[] without = signs(value, false);
        boolean[] with = signs(value, true);
        boolean same = Arrays.equals(without, with);
        if (rules.yearSign() == YearSign.UNKNOWN && !same && without.length > 0 && with.length > 0) {
            throw new IllegalArgumentException(
                    "the signs of the columns of " + this + " cannot be told for certain because"
                            + " it has a YEAR column; upgrade the source to MySQL 8.0.29 or later");
        }
        boolean[] chosen = rules.yearSign() == YearSign.PRESENT || without.length == 0 ? with : without;
        if (chosen.length != columns) {
            throw new IllegalArgumentException("the list of signs of " + this + " does not fit its columns");
        }
        System.arraycopy(chosen, 0, unsigned, 0, columns);
    }

    /** Reads the signs one way or the other; an empty array if the bits cannot have been written like that. */
    private boolean[] signs(ByteCursor value, boolean yearHasSign) {
        boolean[] found = new boolean[columns];
        int bits = value.remaining() * 8;
        int bit = 0;
        for (int i = 0; i < columns; i++) {
            if (ColumnType.hasSign(type[i], yearHasSign)) {
                if (bit >= bits) {
                    return new boolean[0];
                }
                boolean set = bit(value, bit++);
                if (type[i] == ColumnType.YEAR && !set) {
                    return new boolean[0];
                }
                found[i] = set && type[i] != ColumnType.YEAR;
            }
        }
        boolean fits = (bit + 7) / 8 == value.remaining();
        while (bit < bits && fits) {
            fits = !bit(value, bit++);
        }
        return fits ? found : new boolean[0];
    }

    private static boolean bit(ByteCursor value, int bit) {
        return (value.bytes()[value.position() + bit / 8] & 0x80 >> bit % 8) != 0;
    }

    private boolean takesCharset(int column, boolean label) {
        boolean isLabel = type[column] == ColumnType.ENUM || type[column] == ColumnType.SET;
        return label ? isLabel : ColumnType.hasCharset(type[column], rules.geometryHasCharset());
    }

    private void readDefaultCharset(ByteCursor value, boolean label) {
        int common = (int) value.lengthEncoded();
        int[] others = new int[columns];
        while (value.remaining() > 0) {
            int index = (int) value.lengthEncoded();
            others[index] = (int) value.lengthEncoded();
        }
        int index = 0;
        for (int i = 0; i < columns; i++) {
            if (takesCharset(i, label)) {
                collation[i] = others[index] != 0 ? others[index] : common;
                index++;
            }
        }
    }

    private void readColumnCharset(ByteCursor value, boolean label) {
        for (int i = 0; i < columns; i++) {
            if (takesCharset(i, label)) {
                collation[i] = (int) value.lengthEncoded();
            }
        }
    }

    private void readLabels(ByteCursor value, int wanted) {
        for (int i = 0; i < columns; i++) {
            if (type[i] == wanted && value.remaining() > 0) {
                byte[][] names = new byte[(int) Math.min(65_535, value.lengthEncoded())][];
                for (int k = 0; k < names.length; k++) {
                    names[k] = value.take(value.lengthEncoded());
                }
                labels[i] = names;
            }
        }
    }

    private void readKey(ByteCursor value, boolean prefixes) {
        int[] ordinals = new int[value.remaining()];
        int[] lengths = new int[value.remaining()];
        int count = 0;
        while (value.remaining() > 0) {
            ordinals[count] = (int) value.lengthEncoded();
            lengths[count] = prefixes ? (int) value.lengthEncoded() : 0;
            if (ordinals[count] < 0 || ordinals[count] >= columns) {
                throw new IllegalArgumentException("the primary key has column " + ordinals[count]);
            }
            count++;
        }
        primaryKey = Arrays.copyOf(ordinals, count);
        keyPrefixes = Arrays.copyOf(lengths, count);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
