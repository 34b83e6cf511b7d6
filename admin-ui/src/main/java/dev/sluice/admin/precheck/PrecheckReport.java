package dev.sluice.admin.precheck;

import java.util.List;

/**
 * Whether a server can be what it is to be.
 *
 * @param ok no finding is an error
 */
record PrecheckReport(boolean ok, List<Finding> findings) {
    static PrecheckReport of(List<Finding> findings) {
        return new PrecheckReport(
                findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR), findings);
    }
}
