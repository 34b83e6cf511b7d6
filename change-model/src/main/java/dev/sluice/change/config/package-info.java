/** The configuration document that every service reconciles itself to. */
@NullMarked
package dev.sluice.change.config;

import org.jspecify.annotations.NullMarked;
