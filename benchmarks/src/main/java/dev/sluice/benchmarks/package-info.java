/** Benchmarks of decoding and of the whole way. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
