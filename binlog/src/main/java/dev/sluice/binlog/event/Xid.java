package dev.sluice.binlog.event;

import dev.sluice.binlog.protocol.ByteCursor;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of an XA transaction: its global part, its branch, both hexadecimal, and the format.
 *
 * <p>Source: MySQL sources, XID::serialize and XA_prepare_event; MariaDB writes the same.
 */
public record Xid(String global, String branch, long format) {
    private static final Pattern TEXT = Pattern.compile(
            "XA\\s+\\w+\\s+X'([0-9A-F]*)'\\s*,\\s*X'([0-9A-F]*)'\\s*,\\s*(\\d+).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The name in {@code XA COMMIT X'..',X'..',1}. */
    public static Xid of(String statement) {
        Matcher matcher = TEXT.matcher(statement.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("an XA statement without the name of its transaction: " + statement);
        }
        return new Xid(
                matcher.group(1).toLowerCase(Locale.ROOT),
                matcher.group(2).toLowerCase(Locale.ROOT),
                Long.parseLong(matcher.group(3)));
    }

    /** The name in the rest of an XA_PREPARE event, behind the byte that tells whether it is committed too. */
    public static Xid of(ByteCursor body) {
        long format = body.uint32();
        long global = body.uint32();
        long branch = body.uint32();
        HexFormat hex = HexFormat.of();
        return new Xid(hex.formatHex(body.take(global)), hex.formatHex(body.take(branch)), format);
    }
}
