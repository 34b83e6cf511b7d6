package dev.sluice.binlog.event;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the compressed part of MariaDB's events with log_bin_compress.
 *
 * <p>Source: MariaDB sources, sql/log_event.cc, "Record Compressed": a byte with algorithm and width, the plain length
 * big endian, zlib data.
 */
public final class MariaDbCompression {
    private static final int MAX_RATIO = 1032;

    private MariaDbCompression() {}

    public static byte[] inflate(byte[] in, int from, int to) {
        int head = from < to ? in[from] & 0xff : 0;
        int width = head & 7;
        if ((head & 0x80) == 0 || (head & 0x70) != 0 || width == 0 || width > 4 || from + 1 + width > to) {
            throw new IllegalArgumentException("compressed data with the unknown header " + head);
        }
        long size = 0;
        for (int i = 0; i < width; i++) {
            size = size << 8 | in[from + 1 + i] & 0xff;
        }
        int start = from + 1 + width;
        if (size > (long) MAX_RATIO * (to - start) + 64) {
            throw new IllegalArgumentException("compressed data that claims to be " + size + " bytes");
        }
        byte[] plain = new byte[(int) size];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in, start, to - start);
            int done = 0;
            while (done < plain.length) {
                int got = inflater.inflate(plain, done, plain.length - done);
                if (got == 0) {
                    throw new IllegalArgumentException("compressed data ends early");
                }
                done += got;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("compressed data is damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }
}
