package dev.sluice.dispatch.ddl;

import dev.sluice.change.status.HeldStatement;

/** A statement before which the pipeline waits until the operator has answered; the message says why and how. */
public final class StatementHeld extends RuntimeException {
    private final transient HeldStatement statement;

    StatementHeld(String message, HeldStatement statement) {
        super(message);
        this.statement = statement;
    }

    /** What there is to answer. */
    public HeldStatement statement() {
        return statement;
    }
}
