/** Real MySQL, MariaDB, RabbitMQ and Redis servers: given by URL, in Docker, or as private processes of this JVM. */
@NullMarked
package dev.sluice.testsupport.servers;

import org.jspecify.annotations.NullMarked;
