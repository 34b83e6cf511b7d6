package dev.sluice.admin.channel;

/** What becomes of a statement before which a pipeline waits; in lower case, for it is part of an address. */
enum StatementAnswer {
    apply,
    ignore
}
