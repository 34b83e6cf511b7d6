package dev.sluice.change.config;

/** What a statement does to a row. */
public enum ChangeKind {
    INSERT,
    UPDATE,
    DELETE
}
