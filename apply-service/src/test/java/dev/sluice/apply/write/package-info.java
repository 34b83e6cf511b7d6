/** Tests. */
@NullMarked
package dev.sluice.apply.write;

import org.jspecify.annotations.NullMarked;
