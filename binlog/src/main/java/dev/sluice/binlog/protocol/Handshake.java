package dev.sluice.binlog.protocol;

import java.io.IOException;
import java.util.Arrays;

/** The server's first packet (protocol version 10): its version, capabilities, nonce and authentication plugin. */
record Handshake(String version, long capabilities, byte[] nonce, String plugin) {
    static final long LONG_PASSWORD = 1;
    static final long LONG_FLAG = 1 << 2;
    static final long PROTOCOL_41 = 1 << 9;
    static final long SSL = 1 << 11;
    static final long TRANSACTIONS = 1 << 13;
    static final long SECURE_CONNECTION = 1 << 15;
    static final long PLUGIN_AUTH = 1 << 19;
    static final long PLUGIN_AUTH_LENENC = 1 << 21;

    static Handshake parse(ByteCursor packet) throws IOException {
        int protocol = packet.uint8();
        if (protocol == 0xff) {
            throw ServerError.parse(new ByteCursor(packet.bytes(), packet.position() - 1, packet.end()));
        }
        if (protocol != 10) {
            throw new IOException("this is no MySQL or MariaDB server: protocol version " + protocol);
        }
        String version = packet.zeroTerminated();
        packet.skip(4);
        byte[] first = packet.take(8);
        packet.skip(1);
        long capabilities = packet.uint16();
        packet.skip(3);
        capabilities |= (long) packet.uint16() << 16;
        int nonceLength = packet.uint8();
        packet.skip(10);
        byte[] second = packet.take(Math.min(packet.remaining(), Math.max(13, nonceLength - 8)));
        byte[] nonce = Arrays.copyOf(first, 20);
        System.arraycopy(second, 0, nonce, 8, Math.min(12, second.length));
        String plugin = (capabilities & PLUGIN_AUTH) != 0 ? packet.zeroTerminated() : "mysql_native_password";
        return new Handshake(version, capabilities, nonce, plugin);
    }

    boolean offersTls() {
        return (capabilities & SSL) != 0;
    }
}
