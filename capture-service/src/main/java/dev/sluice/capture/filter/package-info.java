/** Fourth stage: which rows and cells of the binlog go on, and from where on a changed filter decides. */
@NullMarked
package dev.sluice.capture.filter;

import org.jspecify.annotations.NullMarked;
