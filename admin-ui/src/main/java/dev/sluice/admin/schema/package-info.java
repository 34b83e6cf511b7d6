/** What the tables of sources without full row metadata looked like, as captures have logged it. */
@NullMarked
package dev.sluice.admin.schema;

import org.jspecify.annotations.NullMarked;
