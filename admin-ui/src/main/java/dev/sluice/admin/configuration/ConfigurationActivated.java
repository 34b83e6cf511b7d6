package dev.sluice.admin.configuration;

/** A new version is in the database and has yet to be published. */
record ConfigurationActivated(long version) {}
