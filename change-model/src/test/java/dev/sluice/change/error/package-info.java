/** Tests of error entries and repair commands. */
@NullMarked
package dev.sluice.change.error;

import org.jspecify.annotations.NullMarked;
