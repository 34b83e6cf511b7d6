/** Opens connections to the users' servers and says in plain words why one cannot be opened. */
@NullMarked
package dev.sluice.admin.connection;

import org.jspecify.annotations.NullMarked;
