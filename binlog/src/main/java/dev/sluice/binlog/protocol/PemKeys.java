package dev.sluice.binlog.protocol;

import dev.sluice.binlog.ClientCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Reads certificates and private keys from PEM text. Stateless. */
public final class PemKeys {
    private static final char[] NO_PASSWORD = {};
    /** What PKCS #8 puts around the RSA key that PKCS #1 has bare: version 0, algorithm rsaEncryption. */
    private static final byte[] RSA_HEAD = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    /** MySQL leaves something behind the end of the keys it makes. */
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    private PemKeys() {}

    /** Those that the text holds, in its order; at least one. */
    public static X509Certificate[] certificates(String pem) throws GeneralSecurityException {
        X509Certificate[] found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .toArray(X509Certificate[]::new);
        if (found.length == 0) {
            throw new GeneralSecurityException("there is no certificate in the PEM text");
        }
        return found;
    }

    static KeyManager[] keys(ClientCertificate client) throws GeneralSecurityException, IOException {
        Certificate[] chain = certificates(client.certificates());
        PrivateKey key = privateKey(client.privateKey(), chain[0].getPublicKey().getAlgorithm());
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("client", key, NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /**
     * The key, which must not be encrypted.
     *
     * @param algorithm of the certificate's public key
     */
    public static PrivateKey privateKey(String pem, String algorithm) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("there is no unencrypted private key in the PEM text");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            if (block.group(1) != null) {
                der = element(SEQUENCE, RSA_HEAD, element(OCTETS, der));
            }
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the private key is damaged", e);
        }
    }

    /** An element of DER with a length of up to 64 kB. */
    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] element = new byte[4 + length];
        element[0] = (byte) tag;
        element[1] = (byte) 0x82;
        element[2] = (byte) (length >> 8);
        element[3] = (byte) length;
        int at = 4;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, element, at, part.length);
            at += part.length;
        }
        return element;
    }
}
