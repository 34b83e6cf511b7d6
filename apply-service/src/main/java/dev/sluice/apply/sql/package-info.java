/** How rows are told to a target: its kind (dialect), its tables, statements and literals. */
@NullMarked
package dev.sluice.apply.sql;

import org.jspecify.annotations.NullMarked;
