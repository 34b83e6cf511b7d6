package dev.sluice.change.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table is from a place of the binlog on, until its next version.
 *
 * @param table empty for a schema itself, of which only the collation is kept
 * @param cause the statement, or how else it came to be known
 * @param reason why the table's rows are not captured; only if it is stopped
 * @param definition only if it is known
 * @param alters of a table that a tool makes for an online schema change: the statements that changed it since it was made as
 *     a copy of the one it will replace; null for other tables, and if they are not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableVersion(
        String schema,
        String table,
        State state,
        VersionPlace place,
        String cause,
        @Nullable String reason,
        @Nullable TableDefinition definition,
        @Nullable List<String> alters) {
    /** What is known of a table. */
    public enum State {
        KNOWN,
        /** A statement changed it that was not understood; it is looked up before its next row is read. */
        UNKNOWN,
        DROPPED,
        /** Its rows cannot be read and are left out until it is created anew, or the source's position is set. */
        STOPPED
    }

    public static TableVersion known(VersionPlace place, String cause, TableDefinition definition, Name name) {
        return new TableVersion(name.schema, name.table, State.KNOWN, place, cause, null, definition, null);
    }

    public static TableVersion without(State state, VersionPlace place, String cause, Name name) {
        return new TableVersion(name.schema, name.table, state, place, cause, null, null, null);
    }

    public static TableVersion stopped(VersionPlace place, String reason, Name name) {
        return new TableVersion(name.schema, name.table, State.STOPPED, place, "", reason, null, null);
    }

    public TableVersion withAlters(@Nullable List<String> others) {
        return new TableVersion(schema, table, state, place, cause, reason, definition, others);
    }

    /** The same from another place on. */
    public TableVersion at(VersionPlace other, String otherCause) {
        return new TableVersion(schema, table, state, other, otherCause, reason, definition, alters);
    }

    public Name name() {
        return new Name(schema, table);
    }

    /** Which table. */
    public record Name(String schema, String table) {
        @Override
        public String toString() {
            return schema + "." + table;
        }
    }
}
