package dev.sluice.binlog.protocol;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Signs a nonce as MariaDB's ed25519 plugin does. It is the signature of RFC 8032 but for the secret, which is a password of
 * any length where the Java library wants 32 bytes. Once a login, so it is written for reading and not for speed.
 *
 * <p>Source: RFC 8032, section 5.1; MariaDB sources, plugin/auth_ed25519.
 */
final class Ed25519Proof {
    private static final int BYTES = 32;
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D = BigInteger.valueOf(-121_665)
            .multiply(BigInteger.valueOf(121_666).modInverse(P))
            .mod(P);
    private static final Point BASE = new Point(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P),
            BigInteger.ONE);

    private Ed25519Proof() {}

    /** A point of the curve in projective coordinates. */
    private record Point(BigInteger x, BigInteger y, BigInteger z) {
        Point plus(Point other) {
            BigInteger a = z.multiply(other.z).mod(P);
            BigInteger b = a.multiply(a).mod(P);
            BigInteger c = x.multiply(other.x).mod(P);
            BigInteger d = y.multiply(other.y).mod(P);
            BigInteger e = D.multiply(c).multiply(d).mod(P);
            BigInteger f = b.subtract(e);
            BigInteger g = b.add(e);
            BigInteger cross =
                    x.add(y).multiply(other.x.add(other.y)).subtract(c).subtract(d);
            return new Point(
                    a.multiply(f).multiply(cross).mod(P),
                    a.multiply(g).multiply(d.add(c)).mod(P),
                    f.multiply(g).mod(P));
        }

        Point times(BigInteger scalar) {
            Point sum = new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);
            for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                if (scalar.testBit(bit)) {
                    sum = sum.plus(this);
                }
            }
            return sum;
        }

        byte[] encoded() {
            BigInteger inverse = z.modInverse(P);
            byte[] bytes = little(y.multiply(inverse).mod(P));
            if (x.multiply(inverse).mod(P).testBit(0)) {
                bytes[BYTES - 1] |= (byte) 0x80;
            }
            return bytes;
        }
    }

    static byte[] publicKey(byte[] password) throws IOException {
        return BASE.times(secret(sha512(password))).encoded();
    }

    static byte[] sign(byte[] password, byte[] message) throws IOException {
        byte[] hash = sha512(password);
        BigInteger secret = secret(hash);
        byte[] publicKey = BASE.times(secret).encoded();
        BigInteger r = number(sha512(Arrays.copyOfRange(hash, BYTES, 2 * BYTES), message))
                .mod(ORDER);
        byte[] commitment = BASE.times(r).encoded();
        BigInteger challenge = number(sha512(commitment, publicKey, message));
        byte[] signature = Arrays.copyOf(commitment, 2 * BYTES);
        System.arraycopy(little(challenge.multiply(secret).add(r).mod(ORDER)), 0, signature, BYTES, BYTES);
        return signature;
    }

    private static BigInteger secret(byte[] hash) {
        byte[] low = Arrays.copyOf(hash, BYTES);
        low[0] &= (byte) 0xf8;
        low[BYTES - 1] &= 0x7f;
        low[BYTES - 1] |= 0x40;
        return number(low);
    }

    private static BigInteger number(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[big.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] little(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES && i < big.length; i++) {
            bytes[i] = big[big.length - 1 - i];
        }
        return bytes;
    }

    private static byte[] sha512(byte[]... parts) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
