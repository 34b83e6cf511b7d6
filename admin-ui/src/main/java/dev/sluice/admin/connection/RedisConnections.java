package dev.sluice.admin.connection;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisException;

/** Asks Redis servers, with short time-outs. Redis does not negotiate TLS: PREFERRED is plain. Thread-safe. */
@Component
public class RedisConnections {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SecretCipher cipher;

    RedisConnections(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** Logs in, pings and returns what {@code INFO} says, by field. */
    public Map<String, String> info(DataSource source) throws CannotConnect {
        try (Connection connection = new Connection(new HostAndPort(source.host(), source.port()), settings(source))) {
            connection.sendCommand(Protocol.Command.PING);
            connection.getStatusCodeReply();
            connection.sendCommand(Protocol.Command.INFO);
            String info = new String(connection.getBinaryBulkReply(), StandardCharsets.UTF_8);
            return info.lines()
                    .filter(line -> line.indexOf(':') > 0)
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> line.substring(line.indexOf(':') + 1).strip(),
                            (first, again) -> first));
        } catch (JedisException e) {
            throw new CannotConnect(explain(source, e), e);
        }
    }

    private DefaultJedisClientConfig settings(DataSource source) {
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) PATIENCE.toMillis())
                .socketTimeoutMillis((int) PATIENCE.toMillis())
                .clientName("sluice-admin");
        if (!source.username().isEmpty()) {
            settings.user(source.username());
        }
        String password = cipher.decrypt(source.password());
        if (!password.isEmpty()) {
            settings.password(password);
        }
        switch (source.tls()) {
            case DISABLED, PREFERRED -> settings.ssl(false);
            case REQUIRED -> tls(settings, SslVerifyMode.INSECURE);
            case VERIFY_CA -> tls(settings, SslVerifyMode.CA);
            case VERIFY_IDENTITY -> tls(settings, SslVerifyMode.FULL);
        }
        return settings.build();
    }

    private static void tls(DefaultJedisClientConfig.Builder settings, SslVerifyMode mode) {
        settings.ssl(true).sslOptions(SslOptions.builder().sslVerifyMode(mode).build());
    }

    private static String explain(DataSource source, JedisException failure) {
        String at = source.host() + ":" + source.port();
        Causes causes = Causes.of(failure);
        if (causes.has(UnknownHostException.class)) {
            return "host '" + source.host() + "' is unknown: check the host name";
        }
        if (causes.has(SSLException.class)) {
            return "TLS with " + at + " failed (" + causes.last() + "): check the server's certificate and tls";
        }
        if (causes.has(ConnectException.class)) {
            return "nothing listens at " + at + ": check host and port, and that the server runs";
        }
        if (causes.has(SocketTimeoutException.class)) {
            return at + " did not answer within 5 s: check host, port, tls and firewall";
        }
        if (causes.say("WRONGPASS") || causes.say("ERR invalid password")) {
            return at + " refused the password: check username and password";
        }
        if (causes.say("NOAUTH")) {
            return at + " needs a password: set it";
        }
        if (causes.say("ERR AUTH") || causes.say("ERR Client sent AUTH") || causes.say("ERR HELLO")) {
            return at + " has no password for this user: leave username and password empty";
        }
        if (causes.say("NOPERM")) {
            return at + " lets this user not do enough: " + causes.last();
        }
        return at + ": " + causes.last();
    }
}
