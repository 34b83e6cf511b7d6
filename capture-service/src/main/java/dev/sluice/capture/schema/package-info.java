/** Third stage: what the binlog does not say about a table: its unique keys, and on many servers its columns. */
@NullMarked
package dev.sluice.capture.schema;

import org.jspecify.annotations.NullMarked;
