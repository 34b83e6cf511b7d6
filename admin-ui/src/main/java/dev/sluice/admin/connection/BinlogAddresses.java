package dev.sluice.admin.connection;

import dev.sluice.binlog.ClientCertificate;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.ServerAddress;
import dev.sluice.change.config.TlsCertificates;
import org.springframework.stereotype.Component;

/** Says where to read the binary log of a data source, and how to log in. Thread-safe. */
@Component
public class BinlogAddresses {
    private final SecretCipher cipher;

    BinlogAddresses(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** One of its servers; account and TLS are the data source's. */
    public SourceAddress of(DataSource source, ServerAddress server) {
        return new SourceAddress(
                server.host(), server.port(), source.username(), cipher.decrypt(source.password()), tls(source));
    }

    private TlsOptions tls(DataSource source) {
        TlsOptions.Mode mode = TlsOptions.Mode.valueOf(source.tls().name());
        TlsCertificates given = source.certificates();
        if (given == null) {
            return new TlsOptions(mode, null);
        }
        String certificate = given.client();
        String key = given.clientKey();
        return new TlsOptions(
                mode,
                given.trusted(),
                certificate == null || key == null ? null : new ClientCertificate(certificate, cipher.decrypt(key)));
    }
}
