package dev.sluice.binlog.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeTextTest {
    @ParameterizedTest
    @CsvSource({
        "int(10) unsigned zerofill,int unsigned",
        "'decimal(10,2) unsigned','decimal(10,2) unsigned'",
        "'float(7,3)',float",
        "'enum(''a(1)'',''b zerofill'')','enum(''a(1)'',''b zerofill'')'",
        "'enum(''a\\\\b'',''c''''d'',''e\\'',f'')','enum(''a\\b'',''c''''d'',''e'''',f'')'",
        "'set(''A'',''/* b */'')','set(''A'',''/* b */'')'",
        "varchar(40) /*M!100301 COMPRESSED*/,varchar(40)",
        "multipolygon,geometry",
        "datetime(6),datetime(6)",
        "year(4),year"
    })
    void typesAreThoseOfTheBinlog(String columnType, String type) {
        assertThat(TypeText.normal(columnType)).isEqualTo(type);
    }
}
