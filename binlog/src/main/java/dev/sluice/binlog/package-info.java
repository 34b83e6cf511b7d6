/** Reads the binary log of a MySQL or MariaDB server and decodes its row events straight to JSON. */
@NullMarked
package dev.sluice.binlog;

import org.jspecify.annotations.NullMarked;
