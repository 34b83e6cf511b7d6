package dev.sluice.binlog.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Ed25519ProofTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 8032, section 7.1, TEST 3. */
    @Test
    void signsAsTheStandardDoes() throws Exception {
        byte[] seed = HEX.parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        assertThat(HEX.formatHex(Ed25519Proof.publicKey(seed)))
                .isEqualTo("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        assertThat(HEX.formatHex(Ed25519Proof.sign(seed, HEX.parseHex("af82"))))
                .isEqualTo("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    /** What MariaDB's manual shows for PASSWORD('secret') of the plugin. */
    @Test
    void hasThePublicKeyThatMariaDbStores() throws Exception {
        byte[] key = Ed25519Proof.publicKey("secret".getBytes(StandardCharsets.UTF_8));
        assertThat(Base64.getEncoder().withoutPadding().encodeToString(key))
                .isEqualTo("ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY");
    }

    @Test
    void theJavaLibraryVerifiesEverySignature() throws Exception {
        long seed = System.nanoTime();
        System.out.println("Ed25519ProofTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            byte[] password = new byte[random.nextInt(100)];
            byte[] nonce = new byte[32];
            random.nextBytes(password);
            random.nextBytes(nonce);
            byte[] head = HEX.parseHex("302a300506032b6570032100");
            byte[] der = java.util.Arrays.copyOf(head, head.length + 32);
            System.arraycopy(Ed25519Proof.publicKey(password), 0, der, head.length, 32);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(nonce);
            assertThat(verifier.verify(Ed25519Proof.sign(password, nonce))).isTrue();
        }
    }
}
