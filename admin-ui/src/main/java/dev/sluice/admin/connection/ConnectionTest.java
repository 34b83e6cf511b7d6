package dev.sluice.admin.connection;

/**
 * The outcome of connecting to a server.
 *
 * @param millis how long it took
 * @param server what answered, such as {@code MySQL 8.0.15}; empty if nothing did
 * @param message in plain words; says the fix if it failed
 */
public record ConnectionTest(boolean ok, long millis, String server, String message) {}
