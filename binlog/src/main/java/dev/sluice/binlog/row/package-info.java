/** Decodes table maps and row images straight to JSON cells. */
@NullMarked
package dev.sluice.binlog.row;

import org.jspecify.annotations.NullMarked;
