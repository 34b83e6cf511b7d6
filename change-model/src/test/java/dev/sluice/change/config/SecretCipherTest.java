package dev.sluice.change.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTest {
    private final SecretCipher cipher = new SecretCipher(key(1));

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "pa ss'wörd\"\\", "密码🔑"})
    void decryptsWhatItEncrypted(String secret) {
        assertThat(cipher.encrypt(secret)).doesNotContain(secret);
        assertThat(cipher.decrypt(cipher.encrypt(secret))).isEqualTo(secret);
    }

    @Test
    void encryptsTheSameSecretDifferentlyEachTime() {
        assertThat(cipher.encrypt("same")).isNotEqualTo(cipher.encrypt("same"));
    }

    @Test
    void leavesAnEmptySecretEmpty() {
        assertThat(cipher.encrypt("")).isEmpty();
        assertThat(cipher.decrypt("")).isEmpty();
    }

    @Test
    void refusesASecretOfAnotherKey() {
        String other = new SecretCipher(key(2)).encrypt("secret");
        assertThatThrownBy(() -> cipher.decrypt(other))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("SLUICE_SECRET_KEY")
                .hasMessageContaining("same on every service");
    }

    @Test
    void refusesASecretThatWasTamperedWith() {
        String sealed = cipher.encrypt("secret");
        char last = sealed.charAt(sealed.length() - 5);
        String tampered = sealed.substring(0, sealed.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 4);
        assertThatThrownBy(() -> cipher.decrypt(tampered)).isInstanceOf(InvalidConfiguration.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enc:v1:", "enc:v1:AAAA", "enc:v1:not base64!"})
    void refusesWhatIsNoSealedSecret(String text) {
        assertThatThrownBy(() -> cipher.decrypt(text)).isInstanceOf(InvalidConfiguration.class);
    }

    @Test
    void refusesClearText() {
        assertThatThrownBy(() -> cipher.decrypt("hunter2"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("not encrypted")
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "AAAA", "!!"})
    void refusesKeysThatAreNot32Bytes(String key) {
        assertThatThrownBy(() -> new SecretCipher(key))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void takesAKeyWithTheLineBreakOfItsFile() {
        assertThat(new SecretCipher(key(1) + "\n").decrypt(cipher.encrypt("secret")))
                .isEqualTo("secret");
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
