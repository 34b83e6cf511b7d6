package dev.sluice.redissink;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the Redis sink service. */
@SpringBootApplication
public class RedisSinkApplication {
    public static void main(String[] args) {
        SpringApplication.run(RedisSinkApplication.class, args);
    }
}
