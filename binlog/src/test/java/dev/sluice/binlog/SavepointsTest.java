package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SavepointsTest {
    private final Savepoints savepoints = new Savepoints();

    @Test
    void whatIsTakenBackIsTheChangesSinceTheSavepoint() {
        set("SAVEPOINT `a`", 2);
        set("SAVEPOINT `b`", 4);
        savepoints.rollBack("ROLLBACK TO `b`", 6);
        savepoints.rollBack("ROLLBACK TO `b`", 7);
        assertThat(left(9)).containsExactly(0, 1, 2, 3, 7, 8);
        savepoints.rollBack("ROLLBACK TO `a`", 8);
        assertThat(left(9)).containsExactly(0, 1, 8);
        assertThatThrownBy(() -> savepoints.rollBack("ROLLBACK TO `b`", 9)).hasMessageContaining("no such savepoint");
    }

    @Test
    void aSavepointOfTheSameNameReplacesTheOlderOne() {
        set("SAVEPOINT `x`", 1);
        set("savepoint `X`", 3);
        assertThat(savepoints.rollBack("ROLLBACK TO `x`", 5).change()).isEqualTo(3);
    }

    @Test
    void namesAreReadHoweverTheyAreQuoted() {
        set("SAVEPOINT `\u00c9``\"1`", 1);
        assertThat(savepoints.rollBack("ROLLBACK TO \"e`\"\"1\"", 2).change()).isEqualTo(1);
        set("SAVEPOINT plain", 7);
        assertThat(savepoints.rollBack("rollback work to savepoint PLAIN;", 8).change())
                .isEqualTo(7);
    }

    @Test
    void nothingOfATransactionThatIsRolledBackHolds() {
        assertThat(new Outcome(false, List.of()).holds(0)).isFalse();
    }

    private void set(String sql, long change) {
        savepoints.set(sql, new Savepoints.Mark(change, 0));
    }

    private List<Integer> left(int changes) {
        Outcome outcome = new Outcome(true, savepoints.undone());
        return LongStream.range(0, changes)
                .filter(outcome::holds)
                .mapToObj(each -> (int) each)
                .toList();
    }
}
