/** What rows are as SQL text: target tables, statements and literals. */
@NullMarked
package dev.sluice.apply.sql;

import org.jspecify.annotations.NullMarked;
