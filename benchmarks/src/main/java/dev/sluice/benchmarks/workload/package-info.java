/** The rows that the benchmarks write: one table, seeded values, a backlog. */
@NullMarked
package dev.sluice.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
