@NullMarked
package dev.sluice.jdbc;

import org.jspecify.annotations.NullMarked;
