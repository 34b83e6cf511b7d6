package dev.sluice.redissink.write;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsMode;
import dev.sluice.redissink.failure.FailureClassifier;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the Redis servers of data sources. They do not reconnect by themselves: after a loss it is
 * unknown what was written, so the watermark must be read first. Thread-safe.
 */
public final class RedisConnections implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_ATTEMPTS = 5;

    private final SecretCipher cipher;
    private final ClientResources resources;
    private final RedisClient client;

    public RedisConnections(SecretCipher cipher) {
        this.cipher = cipher;
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .tcpNoDelay(true)
                        .keepAlive(true)
                        .build())
                .build());
    }

    /**
     * The address and credentials of a data source, ready for {@link #open}.
     *
     * @throws dev.sluice.change.config.InvalidConfiguration if its password cannot be decrypted
     */
    public Address address(DataSource target) {
        return new Address(target, cipher.decrypt(target.password()).toCharArray());
    }

    /**
     * Connects and authenticates.
     *
     * @param name shown by {@code CLIENT LIST}
     * @throws dev.sluice.redissink.failure.RedisFailure if that fails
     */
    StatefulRedisConnection<byte[], byte[]> open(Address address, String name) {
        RedisURI uri = uri(address, name);
        for (int attempt = 1; ; attempt++) {
            try {
                return client.connect(ByteArrayCodec.INSTANCE, uri);
            } catch (RedisException e) {
                RedisCommandExecutionException reply = reply(e);
                if (reply != null) {
                    throw FailureClassifier.reply(address.server(), String.valueOf(reply.getMessage()), e);
                }
                // a refusal that is faster than the client leaves no trace of what the server said
                if (!(rootOf(e) instanceof IllegalStateException) || attempt == MAX_ATTEMPTS) {
                    throw FailureClassifier.unreachable(address.server(), e);
                }
            }
        }
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private static RedisURI uri(Address address, String name) {
        DataSource target = address.target();
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(target.host())
                .withPort(target.port())
                .withTimeout(CONNECT_TIMEOUT)
                .withClientName(name);
        if (address.password().length > 0) {
            if (target.username().isEmpty()) {
                uri.withPassword(address.password());
            } else {
                uri.withAuthentication(target.username(), address.password());
            }
        }
        boolean tls =
                switch (target.tls()) {
                    case DISABLED -> false;
                    // Redis does not negotiate: a port speaks TLS or does not
                    case PREFERRED -> !PlainProbe.speaksPlain(target.host(), target.port(), CONNECT_TIMEOUT);
                    case REQUIRED, VERIFY_CA, VERIFY_IDENTITY -> true;
                };
        if (tls) {
            uri.withSsl(true).withVerifyPeer(verification(target.tls()));
        }
        return uri.build();
    }

    private static SslVerifyMode verification(TlsMode mode) {
        return switch (mode) {
            case VERIFY_CA -> SslVerifyMode.CA;
            case VERIFY_IDENTITY -> SslVerifyMode.FULL;
            default -> SslVerifyMode.NONE;
        };
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static @Nullable RedisCommandExecutionException reply(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof RedisCommandExecutionException reply) {
                return reply;
            }
        }
        return null;
    }

    /** A data source with its password in clear text; never logged. */
    public static final class Address {
        private final DataSource target;
        private final char[] password;

        private Address(DataSource target, char[] password) {
            this.target = target;
            this.password = password;
        }

        DataSource target() {
            return target;
        }

        private char[] password() {
            return password;
        }

        /** Host and port, for messages. */
        public String server() {
            return target.host() + ":" + target.port();
        }
    }
}
