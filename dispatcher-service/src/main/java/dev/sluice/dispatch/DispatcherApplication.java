package dev.sluice.dispatch;

import dev.sluice.broker.Errors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the dispatcher service. */
@SpringBootApplication
@EnableScheduling
public class DispatcherApplication {
    public static void main(String[] args) {
        Errors.endTheProcess();
        SpringApplication.run(DispatcherApplication.class, args);
    }
}
