package dev.sluice.dispatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.change.message.LineBuffer;
import dev.sluice.change.message.Lines;
import dev.sluice.change.message.TransactionLine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressRuleTest {
    private final AddressRule rule = new AddressRule("orders");

    @Test
    void rowsForAllAreTaken() {
        assertThat(drops(null)).isFalse();
    }

    @Test
    void rowsForOthersAreDropped() {
        assertThat(drops(List.of("users", "orders-2"))).isTrue();
        assertThat(drops(List.of("users", "orders"))).isFalse();
    }

    private boolean drops(@Nullable List<String> to) {
        LineBuffer out = new LineBuffer(100).ascii("before\n");
        String snapshot = to == null ? null : "load";
        Lines.write(out, new TransactionLine(null, "bin.1", 4, 1, 0, "orders", null, null, to, snapshot));
        return rule.drops(out.array(), 7, out.length() - 1);
    }
}
