package dev.sluice.capture.reading;

import com.mysql.cj.conf.PropertyKey;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens JDBC connections to a source with the account that reads its binlog. */
public final class SourceConnections {
    private static final String TIMEOUT_MILLIS = "10000";

    private SourceConnections() {}

    /** Opens a connection; answers are waited for only so long. */
    public static Connection open(SourceAddress source) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(PropertyKey.USER.getKeyName(), source.user());
        properties.setProperty(PropertyKey.PASSWORD.getKeyName(), source.password());
        properties.setProperty(
                PropertyKey.sslMode.getKeyName(), source.tls().mode().name());
        properties.setProperty(
                PropertyKey.allowPublicKeyRetrieval.getKeyName(),
                String.valueOf(source.tls().mode() == TlsOptions.Mode.DISABLED
                        || source.tls().mode() == TlsOptions.Mode.PREFERRED));
        properties.setProperty(PropertyKey.connectTimeout.getKeyName(), TIMEOUT_MILLIS);
        properties.setProperty(PropertyKey.socketTimeout.getKeyName(), TIMEOUT_MILLIS);
        return DriverManager.getConnection("jdbc:mysql://" + host(source) + "/", properties);
    }

    private static String host(SourceAddress source) {
        String host = source.host().contains(":") ? "[" + source.host() + "]" : source.host();
        return host + ":" + source.port();
    }
}
