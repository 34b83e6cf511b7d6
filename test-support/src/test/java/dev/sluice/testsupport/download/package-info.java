/** Proofs that downloads happen once. */
@NullMarked
package dev.sluice.testsupport.download;

import org.jspecify.annotations.NullMarked;
