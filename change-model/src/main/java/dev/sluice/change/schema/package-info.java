/** What the tables of a source looked like, by their places in its binlog: the records of its schema history. */
@NullMarked
package dev.sluice.change.schema;

import org.jspecify.annotations.NullMarked;
