/** Proofs that the oracles see what is wrong. */
@NullMarked
package dev.sluice.testsupport.check;

import org.jspecify.annotations.NullMarked;
