package dev.sluice.redissink.projection;

import java.util.List;

/** What happens to one cache entry; every change replaces the whole entry, so the last one of a key is enough. */
public sealed interface CacheChange {
    /** For {@code ttlMillis}: the entry never expires. */
    long NO_TTL = 0;

    CacheKey key();

    /** About how many bytes it takes on the wire. */
    int size();

    /** The entry becomes a string. */
    record Store(CacheKey key, byte[] value, long ttlMillis) implements CacheChange {
        @Override
        public int size() {
            return key.bytes().length + value.length + 48;
        }
    }

    /**
     * The entry becomes a hash of exactly these fields.
     *
     * @param fields field, value, field, value ...; empty removes the entry, as Redis has no empty hashes
     */
    record StoreHash(CacheKey key, List<byte[]> fields, long ttlMillis) implements CacheChange {
        @Override
        public int size() {
            int size = key.bytes().length + 64;
            for (byte[] part : fields) {
                size += part.length + 16;
            }
            return size;
        }
    }

    /** The entry goes. */
    record Remove(CacheKey key) implements CacheChange {
        @Override
        public int size() {
            return key.bytes().length + 32;
        }
    }
}
