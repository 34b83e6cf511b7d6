/** Speaks the MySQL client protocol: connecting, authenticating, TLS, packets and text queries. */
@NullMarked
package dev.sluice.binlog.protocol;

import org.jspecify.annotations.NullMarked;
