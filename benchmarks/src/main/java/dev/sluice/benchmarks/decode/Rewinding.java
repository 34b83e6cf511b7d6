package dev.sluice.benchmarks.decode;

import java.io.InputStream;

/** The same bytes over and over again, as from a socket that never runs dry. */
final class Rewinding extends InputStream {
    private final byte[] bytes;
    private int at;

    Rewinding(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        if (at == bytes.length) {
            at = 0;
        }
        return bytes[at++] & 0xff;
    }

    @Override
    public int available() {
        return bytes.length - at;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (at == bytes.length) {
            at = 0;
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, target, from, count);
        at += count;
        return count;
    }
}
