package dev.sluice.apply.failure;

/**
 * Words for what a target's error means.
 *
 * @param target name of the data source
 * @param error the server's number or state, as its manual writes it
 */
record Symptom(String target, String error) {
    Diagnosis retry(String what) {
        return target(Diagnosis.Remedy.RETRY, what);
    }

    Diagnosis retryTable(String what) {
        return target(Diagnosis.Remedy.RETRY_TABLE, what);
    }

    Diagnosis setting(String what) {
        return target(Diagnosis.Remedy.CHANGE_SETTING, what);
    }

    Diagnosis row(String what) {
        return new Diagnosis(Diagnosis.Remedy.REPAIR_ROW, what + suffix());
    }

    /** What remains: connections that are lost come back, a login has to be corrected, anything else is of the row. */
    Diagnosis byState(String state, String message) {
        if (state.startsWith("08") || state.startsWith("40")) {
            return new Diagnosis(Diagnosis.Remedy.RETRY, "target " + target + " cannot be reached: " + message);
        }
        return state.startsWith("28") ? setting("refuses the login: " + message) : row(message);
    }

    private Diagnosis target(Diagnosis.Remedy remedy, String what) {
        return new Diagnosis(remedy, "target " + target + " " + what + suffix());
    }

    private String suffix() {
        return " (error " + error + ")";
    }
}
