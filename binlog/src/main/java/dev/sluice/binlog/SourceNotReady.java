package dev.sluice.binlog;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The source lacks something that reading it needs; the message names each setting and its fix. Fatal until fixed. */
public final class SourceNotReady extends IOException {
    private static final long serialVersionUID = 1;
    private final transient List<Finding> findings;

    SourceNotReady(SourceAddress address, List<Finding> findings) {
        super("the source " + address + " is not ready: "
                + findings.stream().map(Finding::toString).collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}
