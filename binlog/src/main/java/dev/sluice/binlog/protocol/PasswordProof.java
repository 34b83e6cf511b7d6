package dev.sluice.binlog.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;

/**
 * Computes what the authentication plugins want to see of a password.
 *
 * <p>Source: MySQL source documentation, "Authentication Methods".
 */
final class PasswordProof {
    private PasswordProof() {}

    /** mysql_native_password: SHA1(p) XOR SHA1(nonce + SHA1(SHA1(p))). */
    static byte[] nativePassword(String password, byte[] nonce) throws IOException {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = digest("SHA-1", password.getBytes(StandardCharsets.UTF_8));
        byte[] twice = digest("SHA-1", once);
        return xor(once, digest("SHA-1", nonce, twice));
    }

    /** caching_sha2_password: SHA256(p) XOR SHA256(SHA256(SHA256(p)) + nonce). */
    static byte[] cachingSha2(String password, byte[] nonce) throws IOException {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = digest("SHA-256", password.getBytes(StandardCharsets.UTF_8));
        byte[] twice = digest("SHA-256", once);
        return xor(once, digest("SHA-256", twice, nonce));
    }

    /** The zero-terminated password for a channel that is encrypted already. */
    static byte[] clear(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The zero-terminated password XOR nonce, encrypted with the server's RSA key. */
    static byte[] rsa(String password, byte[] nonce, String pem) throws IOException {
        try {
            String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(xor(clear(password), nonce));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the server's RSA public key is not usable: " + e.getMessage(), e);
        }
    }

    private static byte[] digest(String algorithm, byte[]... parts) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static byte[] xor(byte[] value, byte[] pattern) {
        byte[] result = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            result[i] = (byte) (value[i] ^ pattern[i % pattern.length]);
        }
        return result;
    }
}
