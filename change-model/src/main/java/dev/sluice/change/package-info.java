/** The contract between the services: what a change message looks like, where it is sent, and what the configuration says. */
@NullMarked
package dev.sluice.change;

import org.jspecify.annotations.NullMarked;
