/** Follows what tables look like from one DDL statement to the next. */
@NullMarked
package dev.sluice.ddl.schema;

import org.jspecify.annotations.NullMarked;
