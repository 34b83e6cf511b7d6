package dev.sluice.testsupport.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void givesDifferentPortsBelowThoseOfOutgoingConnections() {
        assertThat(FreePorts.some(50)).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
    }
}
