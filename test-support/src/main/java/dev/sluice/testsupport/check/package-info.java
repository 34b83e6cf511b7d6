/** Oracles: whether what arrived is what was sent. */
@NullMarked
package dev.sluice.testsupport.check;

import org.jspecify.annotations.NullMarked;
