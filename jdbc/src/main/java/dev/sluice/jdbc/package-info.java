/** How a data source is reached by its JDBC driver, the same for whoever tests the connection and whoever uses it. */
@NullMarked
package dev.sluice.jdbc;

import org.jspecify.annotations.NullMarked;
