package dev.sluice.ddl;

/** Kinds of statements that are told apart when one decides what to do with them. */
public enum DdlKind {
    CREATE,
    ALTER,
    /** CREATE INDEX or DROP INDEX. */
    INDEX,
    RENAME,
    DROP,
    TRUNCATE,
    /** CREATE, ALTER or DROP DATABASE. */
    SCHEMA,
    /** Not understood. */
    UNKNOWN,
    /** Not about tables. */
    OTHER
}
