package dev.sluice.redissink;

import dev.sluice.broker.Errors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the Redis sink service. */
@SpringBootApplication
public class RedisSinkApplication {
    public static void main(String[] args) {
        Errors.endTheProcess();
        SpringApplication.run(RedisSinkApplication.class, args);
    }
}
