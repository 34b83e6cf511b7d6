/** Snapshots: asking for copies of rows that are at a source already, and how far they have come. */
@NullMarked
package dev.sluice.admin.snapshot;

import org.jspecify.annotations.NullMarked;
