/** Keeps every version of the configuration and publishes the newest to the services. */
@NullMarked
package dev.sluice.admin.configuration;

import org.jspecify.annotations.NullMarked;
