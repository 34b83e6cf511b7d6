package dev.sluice.binlog.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds one packet and sends it with its header; commands are small, so a packet never exceeds 16 MB. */
final class PacketWriter {
    private byte[] bytes = new byte[256];
    private int size = 4;

    PacketWriter unsigned(long value, int width) {
        grow(width);
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    PacketWriter raw(byte[] value) {
        grow(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    PacketWriter text(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8));
    }

    PacketWriter zeroTerminated(String value) {
        return text(value).unsigned(0, 1);
    }

    void send(OutputStream out, int sequence) throws IOException {
        int length = size - 4;
        if (length >= 0xffffff) {
            throw new IOException("a command of " + length + " bytes is too long");
        }
        bytes[0] = (byte) length;
        bytes[1] = (byte) (length >>> 8);
        bytes[2] = (byte) (length >>> 16);
        bytes[3] = (byte) sequence;
        out.write(bytes, 0, size);
        out.flush();
    }

    private void grow(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
