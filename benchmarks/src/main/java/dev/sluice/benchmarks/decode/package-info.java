/** What decoding costs, by JMH, on the recorded bytes of a real server. */
@NullMarked
package dev.sluice.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
