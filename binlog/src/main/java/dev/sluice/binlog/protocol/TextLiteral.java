package dev.sluice.binlog.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes text as SQL: as hexadecimal digits, right under every sql_mode. */
public final class TextLiteral {
    private TextLiteral() {}

    public static String of(String text) {
        return "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
