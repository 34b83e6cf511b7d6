package dev.sluice.change.status;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Status as JSON; unknown members are passed over, for instances of two versions may run side by side. Thread-safe. */
public final class StatusCodec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StatusCodec() {}

    public static byte[] encode(ServiceStatus status) {
        return JSON.writeValueAsBytes(status);
    }

    /**
     * Reads a status.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ServiceStatus decode(byte[] json) {
        try {
            return JSON.readValue(json, ServiceStatus.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a status: " + e.getOriginalMessage(), e);
        }
    }
}
