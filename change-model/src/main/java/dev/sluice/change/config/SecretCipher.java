package dev.sluice.change.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts the secrets inside the configuration with AES-256-GCM. Thread-safe. */
public final class SecretCipher {
    private static final String PREFIX = "enc:v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /**
     * A cipher with a key.
     *
     * @param secretKey 32 bytes in base64, from {@code SLUICE_SECRET_KEY}
     * @throws InvalidConfiguration if it is not
     */
    public SecretCipher(String secretKey) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(secretKey.strip());
        } catch (IllegalArgumentException e) {
            throw wrongKey();
        }
        if (bytes.length != 32) {
            throw wrongKey();
        }
        key = new SecretKeySpec(bytes, "AES");
    }

    private static InvalidConfiguration wrongKey() {
        return new InvalidConfiguration(
                "SLUICE_SECRET_KEY", "must be 32 random bytes in base64; make one with: openssl rand -base64 32");
    }

    /** Whether a text looks like what {@link #encrypt} makes, or is empty. */
    static boolean isEncrypted(String text) {
        return text.isEmpty() || text.startsWith(PREFIX);
    }

    /** Encrypts; an empty secret stays empty. */
    public String encrypt(String secret) {
        if (secret.isEmpty()) {
            return "";
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return PREFIX + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks AES-GCM", e);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made.
     *
     * @throws InvalidConfiguration if it was encrypted with another key
     */
    public String decrypt(String encrypted) {
        if (encrypted.isEmpty()) {
            return "";
        }
        if (!encrypted.startsWith(PREFIX)) {
            throw new InvalidConfiguration("password", "is not encrypted; save it again through the admin service");
        }
        try {
            byte[] all = Base64.getDecoder().decode(encrypted.substring(PREFIX.length()));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, all, 0, NONCE_BYTES));
            return new String(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidConfiguration(
                    "SLUICE_SECRET_KEY", "cannot decrypt a password or key; it must be the same on every service");
        }
    }
}
