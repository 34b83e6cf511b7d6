package dev.sluice.capture.encode;

import dev.sluice.capture.filter.TableRule;
import dev.sluice.capture.schema.UniqueKeys;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is done with the rows of a table; its keys are asked for when its first row is written. Not thread-safe. */
final class CapturedTable {
    private final TableRule rule;
    private @Nullable TableEncoder encoder;

    CapturedTable(TableRule rule) {
        this.rule = rule;
    }

    TableRule rule() {
        return rule;
    }

    TableRule.Kind kind() {
        return rule.kind();
    }

    TableEncoder encoder(UniqueKeys uniqueKeys, int nextNumber) throws IOException {
        TableEncoder made = encoder;
        if (made == null) {
            made = new TableEncoder(nextNumber, rule.shape(), uniqueKeys.of(rule.shape()));
            encoder = made;
        }
        return made;
    }
}
