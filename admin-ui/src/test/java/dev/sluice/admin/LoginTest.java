package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminServer.Answer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, as a browser and as a script. */
class LoginTest {
    private static final String REDIS = "{\"name\":\"r\",\"kind\":\"REDIS\",\"host\":\"h\"}";

    @TempDir
    private static Path data;

    private static AdminServer admin;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @BeforeAll
    static void start() {
        admin = AdminServer.start(data, AdminServer.NO_BROKER);
    }

    @AfterAll
    static void stop() {
        admin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/session",
                "/api/v1/data-sources",
                "/api/v1/channels",
                "/api/v1/configuration",
                "/api/v1/configuration/history",
                "/api/v1/status",
                "/api/v1/anything",
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/actuator/env"
            })
    void letsNobodyInWithoutALogin(String path) {
        Answer answer = send("GET", path, null);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).doesNotStartWith("Basic"));
    }

    @Test
    void letsAnybodySeeThePageTheHealthAndTheMetrics() {
        assertThat(send("GET", "/", null).status()).isEqualTo(200);
        assertThat(send("GET", "/actuator/health", null).body())
                .contains("\"db\"")
                .doesNotContain("127.0.0.1");
        Answer metrics = send("GET", "/actuator/prometheus", null);
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void refusesAWrongPassword() {
        Answer answer = login("wrong");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("User name or password is wrong").doesNotContain("\"wrong\"");
        assertThat(send("GET", "/api/v1/session", null).status()).isEqualTo(401);
        Answer basic = send("GET", "/api/v1/status", null, "Authorization", AdminServer.basic("admin", "wrong"));
        assertThat(basic.status()).isEqualTo(401);
    }

    @Test
    void keepsASessionFromLoginToLogout() {
        assertThat(login(AdminServer.PASSWORD).status()).isEqualTo(204);
        assertThat(send("GET", "/api/v1/session", null).body()).isEqualTo("{\"username\":\"admin\"}");
        assertThat(cookie("SLUICE_SESSION").isHttpOnly()).isTrue();

        assertThat(send("DELETE", "/api/v1/session", null, "X-XSRF-TOKEN", token())
                        .status())
                .isEqualTo(204);
        assertThat(send("GET", "/api/v1/session", null).status()).isEqualTo(401);
    }

    @Test
    void takesChangesOfASessionOnlyWithItsToken() {
        login(AdminServer.PASSWORD);
        Answer forged = send("POST", "/api/v1/data-sources", REDIS);
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.body()).contains("X-XSRF-TOKEN");
        assertThat(send("POST", "/api/v1/data-sources", REDIS, "X-XSRF-TOKEN", "guess")
                        .status())
                .isEqualTo(403);
        assertThat(send("POST", "/api/v1/data-sources", REDIS, "X-XSRF-TOKEN", token())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void givesALoginASessionOfItsOwn() {
        login(AdminServer.PASSWORD);
        String first = cookie("SLUICE_SESSION").getValue();
        login(AdminServer.PASSWORD);
        assertThat(cookie("SLUICE_SESSION").getValue()).isNotEqualTo(first);
    }

    @Test
    void takesCredentialsOfAScriptWithoutTokenOrSession() {
        Answer answer = send(
                "DELETE",
                "/api/v1/data-sources/nothing",
                null,
                "Authorization",
                AdminServer.basic("admin", AdminServer.PASSWORD));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(cookies.getCookieStore().getCookies())
                .extracting(HttpCookie::getName)
                .doesNotContain("SLUICE_SESSION");
    }

    private Answer login(String password) {
        return send("POST", "/api/v1/session", "{\"username\":\"admin\",\"password\":\"" + password + "\"}");
    }

    private Answer send(String method, String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(admin.uri(path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Answer.of(browser, request.build());
    }

    private String token() {
        return cookie("XSRF-TOKEN").getValue();
    }

    private HttpCookie cookie(String name) {
        List<HttpCookie> found = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }
}
