package dev.sluice.apply.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40P01 | RETRY          | ERROR: deadlock detected                                     | other"
                        + " transactions",
                "57P01 | RETRY          | FATAL: terminating connection due to administrator command   | connection",
                "25006 | RETRY          | ERROR: cannot execute UPDATE in a read-only transaction      | read-only",
                "08006 | RETRY          | An I/O error occurred while sending to the backend.          | cannot be"
                        + " reached",
                "28P01 | CHANGE_SETTING | FATAL: password authentication failed for user \"x\"        | refuses the"
                        + " login",
                "42501 | CHANGE_SETTING | ERROR: permission denied for table t                         | for table t",
                "42P01 | REPAIR_ROW     | ERROR: relation \"x\" does not exist                        | no such table",
                "23505 | REPAIR_ROW     | ERROR: duplicate key value violates unique constraint \"t_u_key\" | key"
                        + " t_u_key;",
                "23502 | REPAIR_ROW     | ERROR: null value in column \"v\" of relation \"t\" violates | column v"
                        + " needs",
                "22P02 | REPAIR_ROW     | ERROR: invalid input syntax for type integer: \"secret\"    | type integer",
                "22001 | REPAIR_ROW     | ERROR: value too long for type character varying(3)          | varying(3)",
                "XX000 | REPAIR_ROW     | ERROR: something about 'secret'                              | '…'",
            })
    void tellsWhatHelps(String state, Diagnosis.Remedy remedy, String message, String reason) {
        Diagnosis diagnosis = PostgresErrors.classify("t", state, message);
        assertThat(diagnosis.remedy()).isEqualTo(remedy);
        assertThat(diagnosis.reason()).contains(reason).doesNotContain("secret");
    }
}
