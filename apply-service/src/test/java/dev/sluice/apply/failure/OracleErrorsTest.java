package dev.sluice.apply.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60    | RETRY          | ORA-00060: deadlock detected while waiting for resource | other transactions",
                "3113  | RETRY          | ORA-03113: end-of-file on communication channel          | connection",
                "12541 | RETRY          | ORA-12541: no listener                                   | connection",
                "1017  | CHANGE_SETTING | ORA-01017: invalid username/password; logon denied       | refuses the login",
                "1031  | CHANGE_SETTING | ORA-01031: insufficient privileges                       | privilege",
                "942   | REPAIR_ROW     | ORA-00942: table or view does not exist                  | no such table",
                "904   | REPAIR_ROW     | ORA-00904: \"X\": invalid identifier                     | no column X;",
                "1     | REPAIR_ROW     | ORA-00001: unique constraint (SHOP.SYS_C008) violated    | key"
                        + " SHOP.SYS_C008;",
                "12899 | REPAIR_ROW     | ORA-12899: value too large for column \"S\".\"T\".\"V\" (actual: 4, maximum:"
                        + " 3) | column \"S\".\"T\".\"V\";",
                "1438  | REPAIR_ROW     | ORA-01438: value larger than specified precision         | out of range",
                "1400  | REPAIR_ROW     | ORA-01400: cannot insert NULL into (\"S\".\"T\".\"V\")   | empty string",
                "2291  | REPAIR_ROW     | ORA-02291: integrity constraint (SHOP.FK) violated       | foreign key"
                        + " SHOP.FK",
                "6502  | REPAIR_ROW     | ORA-06502: value 'secret' is bad                         | '…'",
            })
    void tellsWhatHelps(int code, Diagnosis.Remedy remedy, String message, String reason) {
        Diagnosis diagnosis = OracleErrors.classify("t", code, "72000", message);
        assertThat(diagnosis.remedy()).isEqualTo(remedy);
        assertThat(diagnosis.reason()).contains(reason).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"17447, 08006", "0, 08000"})
    void retriesWhatTheDriverSaysOfConnections(int code, String state) {
        assertThat(OracleErrors.classify("t", code, state, "m").remedy()).isEqualTo(Diagnosis.Remedy.RETRY);
    }
}
