/** Benchmarks on real servers and the services' own processes, from the commit at the source to the target. */
@NullMarked
package dev.sluice.benchmarks.wholeway;

import org.jspecify.annotations.NullMarked;
