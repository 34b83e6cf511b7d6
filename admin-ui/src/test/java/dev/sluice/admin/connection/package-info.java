/** Tests of the package connection. */
@NullMarked
package dev.sluice.admin.connection;

import org.jspecify.annotations.NullMarked;
