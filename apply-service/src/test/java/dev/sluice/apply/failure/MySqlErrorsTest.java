package dev.sluice.apply.failure;

import static dev.sluice.apply.failure.Diagnosis.Remedy.CHANGE_SETTING;
import static dev.sluice.apply.failure.Diagnosis.Remedy.REPAIR_ROW;
import static dev.sluice.apply.failure.Diagnosis.Remedy.RETRY;
import static dev.sluice.apply.failure.Diagnosis.Remedy.RETRY_TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "1213, 40001",
        "1205, 41000",
        "1040, 08004",
        "1290, HY000",
        "1836, HY000",
        "1053, 08S01",
        "1114, HY000",
        "0, 08S01",
        "0, 08001",
        "1927, 70100",
        "3101, 40000"
    })
    void retriesWhatPassesByItself(int code, String state) {
        assertThat(MySqlErrors.classify("t", code, state, "m").remedy()).isIn(RETRY, RETRY_TABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1213, 1205, 3101})
    void holdsALockToBeAboutItsTable(int code) {
        assertThat(MySqlErrors.classify("t", code, "40001", "m").remedy()).isEqualTo(RETRY_TABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "1054, 42S22",
        "1146, 42S02",
        "1406, 22001",
        "1264, 22003",
        "1366, HY000",
        "1048, 23000",
        "1062, 23000",
        "1364, HY000",
        "1153, 08S01",
        "9999, HY000"
    })
    void suspendsWhatOnlyARepairedRowOrTableHelps(int code, String state) {
        assertThat(MySqlErrors.classify("t", code, state, "m").remedy()).isEqualTo(REPAIR_ROW);
    }

    @ParameterizedTest
    @CsvSource({"1045, 28000", "1044, 42000", "1142, 42000", "1130, HY000", "0, 28000"})
    void asksForASetting(int code, String state) {
        assertThat(MySqlErrors.classify("t", code, state, "m").remedy()).isEqualTo(CHANGE_SETTING);
    }

    @Test
    void namesTheColumnAndTheKey() {
        assertThat(reason(1406, "Data too long for column 'name' at row 3"))
                .isEqualTo("the value is too long for column name; widen the column (error 1406)");
        assertThat(reason(1054, "Unknown column 'x' in 'field list'")).contains("has no column x;");
        assertThat(reason(1062, "Duplicate entry 'secret' for key 'users.email'"))
                .contains("unique key users.email;");
    }

    @Test
    void neverRepeatsValues() {
        assertThat(reason(1062, "Duplicate entry 'secret' for key 'u'")).doesNotContain("secret");
        assertThat(reason(1366, "Incorrect integer value: 'secret' for column 'c' at row 1"))
                .doesNotContain("secret");
        assertThat(reason(9999, "Something about 'secret'")).doesNotContain("secret");
    }

    private static String reason(int code, String message) {
        return MySqlErrors.classify("t", code, "HY000", message).reason();
    }
}
