/** Reads DDL statements of MySQL and MariaDB by their syntax tree: what they change, and the same for other names. */
@NullMarked
package dev.sluice.ddl;

import org.jspecify.annotations.NullMarked;
