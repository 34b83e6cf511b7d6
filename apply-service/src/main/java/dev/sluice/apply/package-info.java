/** Applies the rows of partition queues to MySQL, MariaDB, PostgreSQL and Oracle. */
@NullMarked
package dev.sluice.apply;

import org.jspecify.annotations.NullMarked;
