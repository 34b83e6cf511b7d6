/** Reads a source's binlog and appends its row changes to the source log. */
@NullMarked
package dev.sluice.capture;

import org.jspecify.annotations.NullMarked;
