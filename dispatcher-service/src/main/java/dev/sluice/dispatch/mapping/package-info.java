/** Rewrites table lines for the target, decides which rows go on, and takes updates apart that need it. */
@NullMarked
package dev.sluice.dispatch.mapping;

import org.jspecify.annotations.NullMarked;
