package dev.sluice.admin.channel;

import dev.sluice.admin.problem.FieldError;
import dev.sluice.change.config.Channel;
import dev.sluice.change.config.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What may not change in a pipeline that exists: its place in the source log and the watermarks of its partitions are
 * kept under its name, and would mean something else afterwards.
 */
final class FixedFields {
    private static final String FIX = "; create a pipeline with another name instead";

    private FixedFields() {}

    static List<FieldError> changed(Channel before, Channel after) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < after.pipelines().size(); i++) {
            Pipeline now = after.pipelines().get(i);
            String at = "pipelines[" + i + "]";
            Optional<Pipeline> then = now == null
                    ? Optional.empty()
                    : before.pipelines().stream()
                            .filter(pipeline -> pipeline.name().equals(now.name()))
                            .findFirst();
            then.ifPresent(old -> compare(old, now, at, errors));
        }
        return errors;
    }

    private static void compare(Pipeline then, Pipeline now, String at, List<FieldError> errors) {
        if (!Objects.equals(then.source(), now.source())) {
            errors.add(new FieldError(at + ".source", "must stay '" + then.source() + "'" + FIX));
        }
        if (!Objects.equals(then.target(), now.target())) {
            errors.add(new FieldError(at + ".target", "must stay '" + then.target() + "'" + FIX));
        }
        if (then.mode() != now.mode()) {
            errors.add(new FieldError(at + ".mode", "must stay " + then.mode() + FIX));
        }
    }
}
