/** Tests. */
@NullMarked
package dev.sluice.apply.collapse;

import org.jspecify.annotations.NullMarked;
