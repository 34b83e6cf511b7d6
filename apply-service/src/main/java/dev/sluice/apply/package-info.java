/** Applies the rows of partition queues to MySQL and MariaDB. */
@NullMarked
package dev.sluice.apply;

import org.jspecify.annotations.NullMarked;
