/** Holds channels, pipelines and mappings, publishes the configuration, shows status. */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
