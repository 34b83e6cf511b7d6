/** Runs statements that change tables at a MySQL or MariaDB target, each of them once. */
@NullMarked
package dev.sluice.apply.statement;

import org.jspecify.annotations.NullMarked;
