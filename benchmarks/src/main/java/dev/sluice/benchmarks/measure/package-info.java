/** What a run cost, on which machine, and the line of JSON that tells it. */
@NullMarked
package dev.sluice.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
