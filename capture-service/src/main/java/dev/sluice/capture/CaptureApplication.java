package dev.sluice.capture;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the capture service. */
@SpringBootApplication
public class CaptureApplication {
    public static void main(String[] args) {
        SpringApplication.run(CaptureApplication.class, args);
    }
}
