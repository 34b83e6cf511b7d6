/** Makes tables that a target does not have, as the source has them and the mapping shapes them. */
@NullMarked
package dev.sluice.apply.create;

import org.jspecify.annotations.NullMarked;
