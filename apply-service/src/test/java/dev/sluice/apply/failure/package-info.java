/** Tests. */
@NullMarked
package dev.sluice.apply.failure;

import org.jspecify.annotations.NullMarked;
