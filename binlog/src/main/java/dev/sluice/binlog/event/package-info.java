/** Parses the events of a binary log that are not rows. */
@NullMarked
package dev.sluice.binlog.event;

import org.jspecify.annotations.NullMarked;
