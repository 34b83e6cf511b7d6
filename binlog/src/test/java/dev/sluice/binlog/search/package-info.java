/** Tests of finding places. */
@NullMarked
package dev.sluice.binlog.search;

import org.jspecify.annotations.NullMarked;
