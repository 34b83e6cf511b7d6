package dev.sluice.change.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says which field of a JSON document is wrong, in the words of whoever wrote the document. */
public final class JsonProblem {
    private JsonProblem() {}

    /** The problem behind a failure to read JSON. */
    public static ConfigurationProblem of(JacksonException failure) {
        return new ConfigurationProblem(path(failure), fix(failure));
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String fix(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            return "unknown key '" + unknown.getPropertyName() + "'"
                    + (known == null
                            ? ""
                            : "; known are "
                                    + known.stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
        }
        if (failure instanceof InvalidFormatException invalid && invalid.getTargetType() != null) {
            Class<?> type = invalid.getTargetType();
            if (type.isEnum()) {
                return "use one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "));
            }
            if (type == Duration.class) {
                return "is not a duration; write it as PT1H or P7D";
            }
        }
        if (failure instanceof MismatchedInputException mismatch
                && mismatch.getTargetType() != null
                && mismatch.getTargetType().isPrimitive()
                && failure.getOriginalMessage().contains("`null`")) {
            return "is missing; give a value";
        }
        if (failure instanceof StreamReadException) {
            return "is not JSON: " + failure.getOriginalMessage() + " (line "
                    + failure.getLocation().getLineNr() + ", column "
                    + failure.getLocation().getColumnNr() + ")";
        }
        return failure.getOriginalMessage();
    }
}
