/** Rows that a target refused: what sinks tell of them, and what an operator asks to be done. */
@NullMarked
package dev.sluice.change.error;

import org.jspecify.annotations.NullMarked;
