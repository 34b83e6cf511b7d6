/** Proofs that child processes die when they should. */
@NullMarked
package dev.sluice.testsupport.process;

import org.jspecify.annotations.NullMarked;
