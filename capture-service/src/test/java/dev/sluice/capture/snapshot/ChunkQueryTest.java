package dev.sluice.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.binlog.row.ColumnShape;
import dev.sluice.binlog.row.TableShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkQueryTest {
    private static final ColumnShape A = new ColumnShape("a", "int", false, null, 0, true);
    private static final ColumnShape B = new ColumnShape("b`c", "varchar(9)", false, "latin1", 0, true);
    private static final ColumnShape D = new ColumnShape("d", "binary(2)", false, null, 0, true);

    private final ChunkQuery query = new ChunkQuery(new SourceTable(
            new TableShape("s", "t", List.of(A, B, D), new int[] {0, 1, 2}, new int[] {0, 0, 0}),
            List.of("a", "b`c", "d"),
            true,
            Map.of("b`c", "latin1_german1_ci"),
            100,
            true));

    @Test
    void theFirstChunkHasNoBound() {
        assertThat(query.following("*", null, null, 10))
                .isEqualTo("SELECT * FROM `s`.`t` FORCE INDEX (PRIMARY) ORDER BY `a`, `b``c`, `d` LIMIT 10");
    }

    @Test
    void aCompositeKeyIsComparedSoThatTheIndexGivesARange() {
        String text = "CONVERT(_utf8mb4 X'c3a4' USING latin1) COLLATE latin1_german1_ci";
        assertThat(query.following("*", "`x` = 1", List.of("-7", "ä", "AQI="), 10))
                .isEqualTo("SELECT * FROM `s`.`t` FORCE INDEX (PRIMARY) WHERE (`x` = 1) AND (`a` >= -7 AND (`a` > -7 OR"
                        + " `b``c` >= " + text + " AND (`b``c` > " + text + " OR `d` > X'0102')))"
                        + " ORDER BY `a`, `b``c`, `d` LIMIT 10");
    }

    @Test
    void keysAreNamedOneByOne() {
        assertThat(query.of("*", List.of(List.of("1", "x", ""), List.of("2", "y", ""))))
                .contains("WHERE (`a` = 1 AND ")
                .contains(" OR (`a` = 2 AND ");
        assertThatThrownBy(() -> query.of("*", List.of(List.of("1"))))
                .isInstanceOf(CannotCopy.class)
                .hasMessageContaining("a key has 1 values");
    }

    @ParameterizedTest
    @CsvSource({
        "int,1 OR 1=1",
        "int,''",
        "decimal,1;2",
        "date,2026-01-01' OR '1",
        "time,now()",
        "double,1e5e5",
        "binary(2),%%%",
        "float,NaN"
    })
    void whatIsNoValueOfTheColumnIsRefused(String type, String value) {
        ColumnShape column = new ColumnShape("k", type, false, null, 0, true);
        assertThatThrownBy(() -> KeyLiteral.of(column, null, value)).isInstanceOf(CannotCopy.class);
    }

    @ParameterizedTest
    @CsvSource({
        "bigint unsigned,18446744073709551615,18446744073709551615",
        "'decimal(10,2)',-0.50,-0.50",
        "datetime(3),2026-11-21 09:30:00.123,'''2026-11-21 09:30:00.123'''",
        "time(6),-838:59:59.999999,'''-838:59:59.999999'''",
        "date,0000-00-00,'''0000-00-00'''",
        "float,0.1,0.10000000149011612",
        "double,-1.5e-300,-1.5e-300"
    })
    void valuesCompareAsTheColumnDoes(String type, String value, String literal) {
        ColumnShape column = new ColumnShape("k", type, false, null, 0, true);
        assertThat(KeyLiteral.of(column, null, value)).isEqualTo(literal);
    }
}
