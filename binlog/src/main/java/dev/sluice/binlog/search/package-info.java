/** Finds places in the binary log of a source: by file and offset, by time, with what was executed before them. */
@NullMarked
package dev.sluice.binlog.search;

import org.jspecify.annotations.NullMarked;
