package dev.sluice.jdbc;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * A data source's certificates and key in the only form that the driver takes, files: encrypted with a password that is
 * kept in memory, deleted on close.
 */
public final class KeyStoreFiles implements AutoCloseable {
    private static final String TYPE = "PKCS12";

    private final String password = UUID.randomUUID().toString();
    private final Map<String, Path> files = new HashMap<>();

    /** Writes them; no files for a data source without certificates. */
    public KeyStoreFiles(DataSource source, SecretCipher cipher) {
        TlsCertificates given = source.certificates();
        if (given == null) {
            return;
        }
        String key = given.clientKey();
        PemSslStoreBundle bundle = new PemSslStoreBundle(
                details(given.client(), key == null ? null : cipher.decrypt(key)), details(given.trusted(), null));
        try {
            write("trustCertificateKeyStore", bundle.getTrustStore());
            write("clientCertificateKeyStore", bundle.getKeyStore());
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the key stores cannot be written to the temporary directory", e);
        } catch (GeneralSecurityException e) {
            close();
            throw new InvalidConfiguration("certificates", "cannot be used: " + e.getMessage());
        }
    }

    /** What to tell the driver. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        files.forEach((name, file) -> {
            properties.put(name + "Url", file.toUri().toString());
            properties.put(name + "Type", TYPE);
            properties.put(name + "Password", password);
        });
        return properties;
    }

    private @Nullable PemSslStoreDetails details(@Nullable String certificates, @Nullable String key) {
        return certificates == null ? null : new PemSslStoreDetails(TYPE, null, password, certificates, key, null);
    }

    private void write(String name, @Nullable KeyStore store) throws IOException, GeneralSecurityException {
        if (store == null) {
            return;
        }
        Path file = Files.createTempFile("sluice-", ".p12");
        files.put(name, file);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    @Override
    public void close() {
        for (Path file : files.values()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
