package dev.sluice.admin.precheck;

/**
 * One thing that was looked at.
 *
 * @param name what, usually a server variable
 * @param found as it is
 * @param needed as it must or should be
 * @param fix what to do; empty if nothing is to be done
 */
record Finding(String name, String found, String needed, Severity severity, String fix) {
    /** How much it matters. */
    enum Severity {
        OK,
        /** It works, but not as well or not for long. */
        WARNING,
        /** It does not work. */
        ERROR
    }

    static Finding ok(String name, String found, String needed) {
        return new Finding(name, found, needed, Severity.OK, "");
    }

    static Finding warning(String name, String found, String needed, String fix) {
        return new Finding(name, found, needed, Severity.WARNING, fix);
    }

    static Finding error(String name, String found, String needed, String fix) {
        return new Finding(name, found, needed, Severity.ERROR, fix);
    }
}
