package dev.sluice.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every character that a character set can hold decodes to what the server converts it to. */
class CharsetIT {
    private static final String TEXT = "IFNULL(HEX(CONVERT(t USING utf8mb4)), '')";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "armscii8", "ascii", "big5", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866", "cp932",
                "dec8", "eucjpms", "euckr", "gb2312", "gbk", "geostd8", "greek", "hebrew", "hp8", "keybcs2", "koi8r",
                "koi8u", "latin1", "latin2", "latin5", "latin7", "macce", "macroman", "sjis", "swe7", "tis620", "ucs2",
                "ujis", "utf16", "utf16le", "utf32", "gb18030", "utf8"
            })
    void everyCharacterOfTheBasicPlaneDecodesToWhatTheServerSays(String charset) throws Exception {
        DatabaseServer server = TestSource.MYSQL_8_0.server();
        String schema = Databases.create(server);
        server.execute("CREATE TABLE " + schema + ".c (id INT PRIMARY KEY, t TEXT CHARACTER SET " + charset + ")");
        SourcePositions before = TestSource.positions(server);
        List<String> expected = new ArrayList<>();
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode=''");
            StringBuilder insert = new StringBuilder("INSERT INTO c VALUES ");
            for (int block = 0; block < 256; block++) {
                StringBuilder text = new StringBuilder();
                for (int c = block << 8; c < (block + 1) << 8; c++) {
                    text.append(c >= 0xd800 && c < 0xe000 ? "" : "%04x".formatted(c));
                }
                insert.append(block == 0 ? "(" : ",(").append(block).append(",CONVERT(_ucs2 0x");
                insert.append(text.isEmpty() ? "0041" : text)
                        .append(" USING ")
                        .append(charset)
                        .append("))");
            }
            statement.execute(insert.toString());
            try (ResultSet rows = statement.executeQuery("SELECT " + TEXT + " FROM c ORDER BY id")) {
                while (rows.next()) {
                    expected.add(rows.getString(1));
                }
            }
        }
        try (BinlogReader reader = BinlogReader.open(TestSource.options(server), before.current())) {
            List<Collected.Row> rows = new Collected(schema).readRows(reader, 256).rows;
            for (int i = 0; i < rows.size(); i++) {
                String json = rows.get(i).cells().get(1);
                assertThat(hex(JsonText.unquote(json)))
                        .as("%s block %02x", charset, i)
                        .isEqualTo(expected.get(i));
            }
        }
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hex.append("%02X".formatted(b));
        }
        return hex.toString();
    }
}
