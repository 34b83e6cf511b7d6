package dev.sluice.benchmarks.workload;

import java.util.Random;

/**
 * Writes SQL text of rows of {@link WideTable} with random values, the same ones for the same seed. Not thread-safe.
 */
public final class RowText {
    private static final String LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;-_/";
    private static final String HAN = "订单客户支付完成等待发货城市街道数量价格商品名称说明备注北京上海广州深圳同步日志";
    private static final String[] SPICE = {"😀", "🚢", "é", "ß", "ø", "—", "\\\"", "\\'", "\\n", "\\\\"};
    private static final String[] STATES = {"new", "paid", "shipped", "done"};

    private final Random random;

    public RowText(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** The values of a whole row, in parentheses. */
    public void values(StringBuilder sql, long id, long stamp) {
        sql.append('(').append(id);
        sql.append(',').append(random.nextInt(256) - 128);
        sql.append(',').append(random.nextInt(65_536));
        sql.append(',').append(random.nextInt());
        sql.append(',').append(Long.toUnsignedString(random.nextLong()));
        sql.append(',').append(random.nextInt(900_000_000) - 450_000_000).append('.');
        padded(sql, random.nextInt(10_000), 4);
        sql.append(',').append(random.nextGaussian() * 1e5).append(",'");
        date(sql, 1995);
        sql.append("','");
        moment(sql, 6);
        sql.append("','");
        moment(sql, 3);
        sql.append("','");
        time(sql, 3);
        sql.append("','");
        text(sql, LATIN, 4 + random.nextInt(12), 52);
        sql.append("','");
        text(sql, LATIN, 5 + random.nextInt(25), LATIN.length());
        sql.append("','");
        text(sql, HAN, 5 + random.nextInt(20), HAN.length());
        sql.append("','");
        text(sql, LATIN, 30 + random.nextInt(120), LATIN.length());
        sql.append("','").append(STATES[random.nextInt(STATES.length)]).append("',");
        json(sql);
        sql.append(",x'");
        for (int bytes = 20 + random.nextInt(80); bytes > 0; bytes--) {
            int value = random.nextInt(256);
            sql.append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
        }
        sql.append("','");
        text(sql, LATIN, 20 + random.nextInt(60), LATIN.length());
        sql.append(SPICE[random.nextInt(SPICE.length)]);
        text(sql, HAN, random.nextInt(10), HAN.length());
        sql.append("',").append(stamp).append(')');
    }

    /** The assignments of an update: five of the twenty columns. */
    void assignments(StringBuilder sql, long stamp) {
        sql.append("c_int=").append(random.nextInt()).append(",c_dt='");
        moment(sql, 6);
        sql.append("',v_mid='");
        text(sql, HAN, 5 + random.nextInt(20), HAN.length());
        sql.append("',c_json=");
        json(sql);
        sql.append(",cts=").append(stamp);
    }

    private void json(StringBuilder sql) {
        sql.append("'{\"k\":").append(random.nextInt(100_000)).append(",\"tags\":[\"");
        text(sql, LATIN, 6, 26);
        sql.append("\",\"");
        text(sql, LATIN, 8, 26);
        sql.append("\"],\"price\":").append(random.nextInt(100_000) / 100.0);
        sql.append(",\"on\":").append(random.nextBoolean()).append(",\"n\":{\"a\":null,\"b\":\"");
        text(sql, HAN, 4, HAN.length());
        sql.append("\"}}'");
    }

    private void text(StringBuilder sql, String alphabet, int length, int letters) {
        for (int i = 0; i < length; i++) {
            sql.append(alphabet.charAt(random.nextInt(letters)));
        }
    }

    private void moment(StringBuilder sql, int fraction) {
        date(sql, 2012);
        sql.append(' ');
        time(sql, fraction);
    }

    private void date(StringBuilder sql, int firstYear) {
        sql.append(firstYear + random.nextInt(14)).append('-');
        padded(sql, 1 + random.nextInt(12), 2);
        sql.append('-');
        padded(sql, 1 + random.nextInt(28), 2);
    }

    private void time(StringBuilder sql, int fraction) {
        padded(sql, random.nextInt(24), 2);
        sql.append(':');
        padded(sql, random.nextInt(60), 2);
        sql.append(':');
        padded(sql, random.nextInt(60), 2);
        sql.append('.');
        padded(sql, random.nextInt(fraction == 6 ? 1_000_000 : 1_000), fraction);
    }

    private static void padded(StringBuilder sql, int value, int width) {
        String digits = Integer.toString(value);
        sql.append("0".repeat(width - digits.length())).append(digits);
    }
}
