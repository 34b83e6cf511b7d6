/** What a source's tables are like now, for logs that do not say it. */
@NullMarked
package dev.sluice.binlog.schema;

import org.jspecify.annotations.NullMarked;
