package dev.sluice.admin.parked;

import dev.sluice.change.error.ErrorEntry.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows of the error store are meant; what is null does not matter. */
record ParkedFilter(
        @Nullable State state,
        @Nullable String pipeline,
        @Nullable Integer partition,
        @Nullable String targetSchema,
        @Nullable String targetTable) {
    /** The condition, with a parameter for each of {@link #parameters()}. */
    String where() {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        add(conditions, "state", state);
        add(conditions, "pipeline", pipeline);
        add(conditions, "part", partition);
        add(conditions, "target_schema", targetSchema);
        add(conditions, "target_table", targetTable);
        return " WHERE " + String.join(" AND ", conditions);
    }

    List<Object> parameters() {
        List<Object> parameters = new ArrayList<>();
        for (Object value :
                new Object[] {state == null ? null : state.name(), pipeline, partition, targetSchema, targetTable}) {
            if (value != null) {
                parameters.add(value);
            }
        }
        return parameters;
    }

    private static void add(List<String> conditions, String column, @Nullable Object value) {
        if (value != null) {
            conditions.add(column + " = ?");
        }
    }
}
