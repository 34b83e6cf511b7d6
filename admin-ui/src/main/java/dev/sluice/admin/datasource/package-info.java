/** The servers that pipelines read from and write to. */
@NullMarked
package dev.sluice.admin.datasource;

import org.jspecify.annotations.NullMarked;
