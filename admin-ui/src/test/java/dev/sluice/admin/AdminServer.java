package dev.sluice.admin;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The admin service in this JVM, and a script's view of its REST interface. */
final class AdminServer implements AutoCloseable {
    static final String PASSWORD = "first-run-password";
    static final String SECRET_KEY = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());
    /** Nothing ever listens here. */
    static final String NO_BROKER = "amqp://127.0.0.1:1";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConfigurableApplicationContext context;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    private AdminServer(ConfigurableApplicationContext context, String password) {
        this.context = context;
        HttpRequest login = HttpRequest.newBuilder(uri("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"" + password + "\"}"))
                .build();
        Answer answer = Answer.of(client, login);
        if (answer.status() != 204) {
            context.close();
            throw new IllegalStateException("login failed: " + answer.body());
        }
    }

    static AdminServer start(Path data, String brokerUri, String... settings) {
        List<String> all = new ArrayList<>(List.of("--sluice.admin-password=" + PASSWORD));
        all.addAll(Arrays.asList(settings));
        return new AdminServer(run(data, brokerUri, all.toArray(String[]::new)), PASSWORD);
    }

    /** A server whose user has another password than usual. */
    static AdminServer startWithPassword(Path data, String password, String... settings) {
        return new AdminServer(run(data, NO_BROKER, settings), password);
    }

    static ConfigurableApplicationContext run(Path data, String brokerUri, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--sluice.data-dir=" + data,
                "--sluice.broker-uri=" + brokerUri,
                "--spring.main.banner-mode=off"));
        all.addAll(Arrays.asList(settings));
        if (all.stream().noneMatch(setting -> setting.startsWith("--sluice.secret-key"))) {
            all.add("--sluice.secret-key=" + SECRET_KEY);
        }
        SpringApplication application = new SpringApplication(AdminApplication.class);
        application.setRegisterShutdownHook(false);
        return application.run(all.toArray(String[]::new));
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    URI uri(String path) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://localhost:" + port + path);
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    /** {@code body} may use single quotes. */
    Answer post(String path, String body) {
        return send("POST", path, body.replace('\'', '"'));
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, body.replace('\'', '"'), headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a body as it is; {@code headers} are names and values. */
    Answer send(String method, String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path.startsWith("/") ? path : "/api/v1/" + path))
                .header("X-XSRF-TOKEN", token())
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Answer.of(client, request.build());
    }

    private String token() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        context.close();
    }

    /** An answer. */
    record Answer(int status, String body, java.net.http.HttpHeaders headers) {
        static Answer of(HttpClient client, HttpRequest request) {
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                return new Answer(response.statusCode(), response.body(), response.headers());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** The fields of a problem. */
        List<String> fields() {
            return json().path("errors")
                    .valueStream()
                    .map(error -> error.path("field").asString())
                    .toList();
        }
    }
}
