package dev.sluice.binlog;

/**
 * One result of the check of a source.
 *
 * @param fix what to do; empty if nothing is to be done
 */
public record Finding(String setting, String found, String needed, String fix, Severity severity) {
    /** How much a finding matters. */
    public enum Severity {
        OK,
        /** Works, but something will go wrong some day. */
        WARNING,
        /** Cannot be read faithfully. */
        ERROR
    }

    @Override
    public String toString() {
        return setting + " is " + found + ", needed " + needed + (fix.isEmpty() ? "" : "; fix: " + fix);
    }
}
