package dev.sluice.apply.collapse;

import dev.sluice.sink.batch.Row;
import java.util.Arrays;

/** A row's primary key as the exact bytes of its cells, before or after the change. */
final class RowKey {
    private final byte[] bytes;
    private final int[] slices;
    private final int hash;

    private RowKey(byte[] bytes, int[] slices) {
        this.bytes = bytes;
        this.slices = slices;
        int h = 1;
        for (int i = 0; i < slices.length; i += 2) {
            for (int at = slices[i]; at < slices[i + 1]; at++) {
                h = 31 * h + bytes[at];
            }
            h = 31 * h + ',';
        }
        hash = h ^ h >>> 16;
    }

    static RowKey after(Row row, int[] ordinals) {
        int[] slices = new int[2 * ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
            slices[2 * i] = row.start(ordinals[i]);
            slices[2 * i + 1] = row.end(ordinals[i]);
        }
        return new RowKey(row.bytes(), slices);
    }

    static RowKey before(Row row, int[] ordinals) {
        int[] slices = new int[2 * ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
            slices[2 * i] = row.startBefore(ordinals[i]);
            slices[2 * i + 1] = row.endBefore(ordinals[i]);
        }
        return new RowKey(row.bytes(), slices);
    }

    @Override
    public boolean equals(Object object) {
        if (!(object instanceof RowKey other) || hash != other.hash || slices.length != other.slices.length) {
            return false;
        }
        for (int i = 0; i < slices.length; i += 2) {
            if (!Arrays.equals(bytes, slices[i], slices[i + 1], other.bytes, other.slices[i], other.slices[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
