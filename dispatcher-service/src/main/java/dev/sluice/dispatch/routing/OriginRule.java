package dev.sluice.dispatch.routing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps changes from going back to the site at which they were first made. It looks at the bytes of a transaction line:
 * inside a JSON string the quotes of its pattern would be escaped, so only the member itself can match.
 */
public final class OriginRule {
    private static final byte[] MEMBER = "\"origin\":".getBytes(StandardCharsets.US_ASCII);

    private final byte[] pattern;

    /** A rule for a target at {@code site}. */
    public OriginRule(String site) {
        byte[] value = JsonMapper.shared().writeValueAsBytes(site);
        pattern = Arrays.copyOf(MEMBER, MEMBER.length + value.length);
        System.arraycopy(value, 0, pattern, MEMBER.length, value.length);
    }

    /** Whether the rows of the transaction whose line is at {@code [from, to)} come from the target. */
    public boolean drops(byte[] body, int from, int to) {
        int last = to - pattern.length;
        for (int i = from; i <= last; i++) {
            if (body[i] == '"'
                    && body[i + 1] == 'o'
                    && Arrays.equals(pattern, 0, pattern.length, body, i, i + pattern.length)) {
                return true;
            }
        }
        return false;
    }
}
