/** To Redis: changes and the watermark in one atomic step, pipelined. */
@NullMarked
package dev.sluice.redissink.write;

import org.jspecify.annotations.NullMarked;
