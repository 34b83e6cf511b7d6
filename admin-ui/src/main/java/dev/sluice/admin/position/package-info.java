/** Says what a position in a source's binlog means, and lets captures jump to one. */
@NullMarked
package dev.sluice.admin.position;

import org.jspecify.annotations.NullMarked;
