package dev.sluice.change.error;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Error entries and repair commands as JSON; unknown members are passed over. Thread-safe. */
public final class ErrorCodec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ErrorCodec() {}

    public static byte[] encode(ErrorEntry entry) {
        return JSON.writeValueAsBytes(entry);
    }

    public static byte[] encode(RepairCommand command) {
        return JSON.writeValueAsBytes(command);
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ErrorEntry entry(byte[] json) {
        return read(json, ErrorEntry.class);
    }

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RepairCommand command(byte[] json) {
        return read(json, RepairCommand.class);
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            T read = JSON.readValue(json, type);
            if (read == null) {
                throw new IllegalArgumentException("null is no " + type.getSimpleName());
            }
            return read;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
