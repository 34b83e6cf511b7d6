package dev.sluice.sink.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Consumer priority of an instance at a queue. The broker gives a queue to its highest consumer, so with a hash of both
 * names every instance gets its share and a newcomer takes only what becomes its own (rendezvous hashing).
 */
final class RendezvousPriority {
    private RendezvousPriority() {}

    static int of(String instance, String queue) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((instance + "\n" + queue).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getInt() & Integer.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
