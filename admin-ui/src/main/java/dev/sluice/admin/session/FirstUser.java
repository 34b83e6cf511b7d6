package dev.sluice.admin.session;

import dev.sluice.admin.SluiceProperties;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Creates the user {@code admin} when there is none yet; a password that it makes up is logged this once. */
@Component
class FirstUser implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(FirstUser.class);
    private static final String NAME = "admin";

    private final UserRepository users;
    private final PasswordEncoder encoder;
    private final String givenPassword;

    FirstUser(UserRepository users, PasswordEncoder encoder, SluiceProperties properties) {
        this.users = users;
        this.encoder = encoder;
        this.givenPassword = properties.adminPassword();
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!users.isEmpty()) {
            return;
        }
        if (!givenPassword.isBlank()) {
            users.insert(NAME, encoder.encode(givenPassword));
            log.info("created user '{}' with the password of SLUICE_ADMIN_PASSWORD", NAME);
            return;
        }
        byte[] random = new byte[15];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        users.insert(NAME, encoder.encode(password));
        log.warn("first start: log in as '{}' with the password {} (shown only this once)", NAME, password);
    }
}
