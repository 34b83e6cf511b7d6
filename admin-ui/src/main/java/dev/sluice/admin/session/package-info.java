/** Who may use the service: login, sessions and the first user. */
@NullMarked
package dev.sluice.admin.session;

import org.jspecify.annotations.NullMarked;
