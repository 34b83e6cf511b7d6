package dev.sluice.admin.session;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Repository;

/** The table of users. */
@Repository
class UserRepository implements UserDetailsService {
    private final JdbcClient jdbc;

    UserRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        return jdbc.sql("SELECT username, password_hash FROM admin_user WHERE username = ?")
                .param(username)
                .query((row, n) -> User.withUsername(row.getString("username"))
                        .password(row.getString("password_hash"))
                        .roles("ADMIN")
                        .build())
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("no such user"));
    }

    boolean isEmpty() {
        return jdbc.sql("SELECT COUNT(*) FROM admin_user").query(Long.class).single() == 0;
    }

    void insert(String username, String passwordHash) {
        jdbc.sql("INSERT INTO admin_user (username, password_hash, created_at) VALUES (?, ?, ?)")
                .params(username, passwordHash, LocalDateTime.now(ZoneOffset.UTC))
                .update();
    }
}
