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
