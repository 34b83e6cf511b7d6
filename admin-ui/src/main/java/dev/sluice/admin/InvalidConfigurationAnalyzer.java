package dev.sluice.admin;

import dev.sluice.change.config.InvalidConfiguration;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a failed start which setting is wrong and the fix, instead of a stack trace. */
class InvalidConfigurationAnalyzer extends AbstractFailureAnalyzer<InvalidConfiguration> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfiguration cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Set " + cause.field() + " and start again.", cause);
    }
}
