@NullMarked
package dev.sluice.binlog.schema;

import org.jspecify.annotations.NullMarked;
