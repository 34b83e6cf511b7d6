package dev.sluice.binlog.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketReaderTest {
    private static final int CHUNK = 0xffffff;

    @Test
    void joinsPacketsOfAllSizesHoweverTheBytesArrive() throws IOException {
        long seed = System.nanoTime();
        System.out.println("PacketReaderTest seed " + seed);
        Random random = new Random(seed);
        int[] sizes = {
            1, 0, 100, CHUNK - 1, CHUNK, 5, CHUNK + 1, 3, 2 * CHUNK, 2 * CHUNK + 77, 1 << 20, (1 << 20) - 4, 9
        };
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[][] sent = new byte[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            sent[i] = new byte[sizes[i]];
            random.nextBytes(sent[i]);
            write(all, sent[i]);
        }
        PacketReader reader = new PacketReader(dribbling(all.toByteArray(), random), 1 << 28);
        for (byte[] expected : sent) {
            reader.next();
            assertThat(Arrays.equals(reader.bytes(), reader.start(), reader.end(), expected, 0, expected.length))
                    .as("packet of %d bytes", expected.length)
                    .isTrue();
        }
        assertThat(reader.buffered()).isFalse();
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    }

    @Test
    void refusesAPacketThatIsTooLarge() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(all, new byte[2 * CHUNK]);
        PacketReader reader = new PacketReader(new ByteArrayInputStream(all.toByteArray()), CHUNK + 10);
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessageContaining("larger than");
    }

    private static void write(ByteArrayOutputStream out, byte[] payload) {
        int at = 0;
        int sequence = 0;
        while (true) {
            int size = Math.min(CHUNK, payload.length - at);
            out.writeBytes(new byte[] {(byte) size, (byte) (size >> 8), (byte) (size >> 16), (byte) sequence++});
            out.write(payload, at, size);
            at += size;
            if (size < CHUNK) {
                return;
            }
        }
    }

    private static InputStream dribbling(byte[] bytes, Random random) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        return new InputStream() {
            @Override
            public int read() {
                return in.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return in.read(target, offset, Math.min(length, 1 + random.nextInt(1 << 19)));
            }
        };
    }
}
