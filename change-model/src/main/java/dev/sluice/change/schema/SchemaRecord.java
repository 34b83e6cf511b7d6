package dev.sluice.change.schema;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record of the stream {@code sluice.schema.<source>}: versions in the order in which they came to be, or a part of a
 * checkpoint, which stands for all records before it.
 *
 * @param part number of the part, from 1; 0 if it is no checkpoint
 * @param parts how many parts the checkpoint has
 */
public record SchemaRecord(int part, int parts, List<TableVersion> versions) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public static SchemaRecord of(List<TableVersion> versions) {
        return new SchemaRecord(0, 0, versions);
    }

    public byte[] encode() {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SchemaRecord decode(byte[] json) {
        try {
            return JSON.readValue(json, SchemaRecord.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a record of a schema history: " + e.getOriginalMessage(), e);
        }
    }
}
