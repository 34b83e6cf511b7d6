package dev.sluice.binlog.protocol;

import dev.sluice.binlog.SourceAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Answers the authentication plugin the server asks for until the server says yes or no, switches included. */
final class Authentication {
    private static final String NATIVE = "mysql_native_password";
    private static final String CACHING_SHA2 = "caching_sha2_password";
    private static final String SHA256 = "sha256_password";
    private static final String ED25519 = "client_ed25519";
    private static final int NONCE_BYTES = 20;
    private static final int ED25519_NONCE_BYTES = 32;
    private static final int FAST_PATH_DONE = 3;
    private static final int FULL_PATH = 4;

    private final SourceAddress address;
    private final boolean encrypted;
    private byte[] nonce;
    private String plugin = NATIVE;

    Authentication(SourceAddress address, byte[] nonce, boolean encrypted) {
        this.address = address;
        this.nonce = nonce;
        this.encrypted = encrypted;
    }

    String plugin() {
        return plugin;
    }

    /** The answer to the server's default plugin; another than ours is left to the switch that follows. */
    byte[] firstAnswer(String serverPlugin) throws IOException {
        if (serverPlugin.equals(CACHING_SHA2) || serverPlugin.equals(SHA256)) {
            plugin = serverPlugin;
        }
        return answer();
    }

    void finish(PacketReader packets, OutputStream out) throws IOException {
        while (true) {
            packets.next();
            ByteCursor packet = packets.cursor();
            int kind = packet.uint8();
            int next = packets.sequence() + 1;
            switch (kind) {
                case 0x00 -> {
                    return;
                }
                case 0xff -> throw ServerError.parse(new ByteCursor(packet.bytes(), packets.start(), packets.end()));
                case 0xfe -> {
                    plugin = packet.zeroTerminated();
                    int length = plugin.equals(ED25519) ? ED25519_NONCE_BYTES : NONCE_BYTES;
                    nonce = Arrays.copyOf(packet.take(packet.remaining()), length);
                    new PacketWriter().raw(answer()).send(out, next);
                }
                case 0x01 -> moreData(packet, out, next);
                default -> throw new IOException("the server's answer to the login is not understood: " + kind);
            }
        }
    }

    private void moreData(ByteCursor packet, OutputStream out, int next) throws IOException {
        boolean step = plugin.equals(CACHING_SHA2) && packet.remaining() == 1;
        if (!step) {
            String pem = packet.text(packet.remaining(), StandardCharsets.US_ASCII);
            new PacketWriter()
                    .raw(PasswordProof.rsa(address.password(), nonce, pem))
                    .send(out, next);
            return;
        }
        int what = packet.uint8();
        if (what == FULL_PATH) {
            PacketWriter reply = new PacketWriter();
            if (encrypted) {
                reply.raw(PasswordProof.clear(address.password()));
            } else {
                reply.unsigned(2, 1);
            }
            reply.send(out, next);
        } else if (what != FAST_PATH_DONE) {
            throw new IOException("caching_sha2_password: unknown step " + what);
        }
    }

    private byte[] answer() throws IOException {
        return switch (plugin) {
            case NATIVE -> PasswordProof.nativePassword(address.password(), nonce);
            case CACHING_SHA2 -> PasswordProof.cachingSha2(address.password(), nonce);
            case ED25519 -> Ed25519Proof.sign(address.password().getBytes(StandardCharsets.UTF_8), nonce);
            case SHA256 -> {
                if (address.password().isEmpty()) {
                    yield new byte[1];
                }
                yield encrypted ? PasswordProof.clear(address.password()) : new byte[] {1};
            }
            default ->
                throw new IOException("the authentication plugin " + plugin + " of user " + address.user()
                        + " is not supported; use caching_sha2_password, sha256_password, mysql_native_password or MariaDB's"
                        + " ed25519");
        };
    }
}
