package dev.sluice.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message read from a stream.
 *
 * @param offset its place in the stream; only a hint, for a broker that lost its tail uses offsets again
 */
public record StreamRecord(long offset, @Nullable String type, Map<String, Object> headers, byte[] body) {}
