package dev.sluice.jdbc;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.InvalidConfiguration;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * A data source's certificates and key in the only form that drivers take, files: keys encrypted with a password that is
 * kept in memory, deleted on close.
 */
public final class KeyStoreFiles implements AutoCloseable {
    private static final String TYPE = "PKCS12";
    /** By which pgjdbc looks for the key. */
    private static final String ALIAS = "user";

    private final String password = UUID.randomUUID().toString();
    private final List<Path> files = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();

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
            switch (source.kind()) {
                case MYSQL, MARIADB -> forMySql(bundle);
                case POSTGRESQL -> forPostgres(bundle, given.trusted());
                case ORACLE -> forOracle(bundle);
                case REDIS -> throw new IllegalArgumentException("a REDIS server has no JDBC driver");
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the key stores cannot be written to the temporary directory", e);
        } catch (GeneralSecurityException e) {
            close();
            throw new InvalidConfiguration("certificates", "cannot be used: " + e.getMessage());
        }
    }

    /** What to tell the driver, over what {@link JdbcAddress} tells it. */
    public Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    private void forMySql(PemSslStoreBundle bundle) throws IOException, GeneralSecurityException {
        Map.of(
                        "trustCertificateKeyStore",
                        store(bundle.getTrustStore()),
                        "clientCertificateKeyStore",
                        store(bundle.getKeyStore()))
                .forEach((name, file) -> {
                    if (!file.isEmpty()) {
                        properties.put(name + "Url", Path.of(file).toUri().toString());
                        properties.put(name + "Type", TYPE);
                        properties.put(name + "Password", password);
                    }
                });
    }

    /** pgjdbc's factory that takes files knows nothing of Java's trust store, so that it gets those certificates as a file too. */
    private void forPostgres(PemSslStoreBundle bundle, @Nullable String trusted)
            throws IOException, GeneralSecurityException {
        properties.put("sslfactory", "org.postgresql.ssl.LibPQFactory");
        properties.put("sslrootcert", pem(trusted == null ? trustedByJava() : trusted));
        String key = store(bundle.getKeyStore());
        if (!key.isEmpty()) {
            properties.put("sslkey", key);
            properties.put("sslpassword", password);
        }
    }

    private void forOracle(PemSslStoreBundle bundle) throws IOException, GeneralSecurityException {
        Map.of("trustStore", store(bundle.getTrustStore()), "keyStore", store(bundle.getKeyStore()))
                .forEach((name, file) -> {
                    if (!file.isEmpty()) {
                        properties.put("javax.net.ssl." + name, file);
                        properties.put("javax.net.ssl." + name + "Type", TYPE);
                        properties.put("javax.net.ssl." + name + "Password", password);
                    }
                });
    }

    private @Nullable PemSslStoreDetails details(@Nullable String certificates, @Nullable String key) {
        return certificates == null ? null : new PemSslStoreDetails(TYPE, ALIAS, password, certificates, key, null);
    }

    /** The file; empty for no store. */
    private String store(@Nullable KeyStore store) throws IOException, GeneralSecurityException {
        if (store == null) {
            return "";
        }
        Path file = file(".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file.toString();
    }

    private String pem(String text) throws IOException {
        return Files.writeString(file(".pem"), text, StandardCharsets.US_ASCII).toString();
    }

    private Path file(String suffix) throws IOException {
        Path file = Files.createTempFile("sluice-", suffix);
        files.add(file);
        return file;
    }

    private static String trustedByJava() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        StringBuilder text = new StringBuilder();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                for (X509Certificate authority : trust.getAcceptedIssuers()) {
                    text.append("-----BEGIN CERTIFICATE-----\n")
                            .append(Base64.getMimeEncoder().encodeToString(authority.getEncoded()))
                            .append("\n-----END CERTIFICATE-----\n");
                }
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
