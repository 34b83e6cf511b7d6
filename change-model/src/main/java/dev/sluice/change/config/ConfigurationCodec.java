package dev.sluice.change.config;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The configuration document as JSON. Thread-safe. */
public final class ConfigurationCodec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ConfigurationCodec() {}

    public static byte[] encode(Configuration configuration) {
        return JSON.writeValueAsBytes(configuration);
    }

    /** A capture filter as the source log's messages name it; equal filters give equal text. */
    public static String encode(CaptureFilter filter) {
        return JSON.writeValueAsString(filter);
    }

    /**
     * Reads a capture filter that a message of a source log names; where it does not speak of ghost tables, it is from a
     * version that knew none and took them.
     *
     * @throws InvalidConfiguration if this version does not know it
     */
    public static CaptureFilter decodeFilter(String json) {
        try {
            CaptureFilter read = JSON.readValue(json, CaptureFilter.class);
            return json.contains("\"ghostTables\"") ? read : read.withGhostTables(true);
        } catch (JacksonException e) {
            throw new InvalidConfiguration("filter", JsonProblem.of(e).fix());
        }
    }

    /**
     * Reads a document.
     *
     * @throws InvalidConfiguration naming the field that is wrong
     */
    public static Configuration decode(byte[] json) {
        try {
            Configuration read = JSON.readValue(json, Configuration.class);
            if (read == null) {
                throw new InvalidConfiguration("", "is null; give a document");
            }
            return read;
        } catch (JacksonException e) {
            ConfigurationProblem problem = JsonProblem.of(e);
            throw new InvalidConfiguration(problem.field(), problem.fix());
        }
    }
}
