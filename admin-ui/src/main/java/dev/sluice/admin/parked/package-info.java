/** The error store: rows that targets refused, as sinks report them, and what operators ask to be done with them. */
@NullMarked
package dev.sluice.admin.parked;

import org.jspecify.annotations.NullMarked;
