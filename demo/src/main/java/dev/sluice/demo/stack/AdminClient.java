package dev.sluice.demo.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the admin service's REST interface as a script would: HTTP Basic, JSON. Thread-safe. */
public final class AdminClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final String authorization;

    public AdminClient(String url, String user, String password) {
        base = url + "/api/v1";
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** An answer: its status and its body, a missing node if it has none. */
    public record Answer(int status, JsonNode body) {}

    public Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    public Answer post(String path, Object body) throws IOException, InterruptedException {
        return call("POST", path, JSON.writeValueAsString(body));
    }

    public Answer put(String path, Object body) throws IOException, InterruptedException {
        return call("PUT", path, JSON.writeValueAsString(body));
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, null);
    }

    /**
     * Calls and expects success.
     *
     * @throws IllegalStateException with the service's words if it refuses
     */
    public JsonNode create(String path, Object body) throws IOException, InterruptedException {
        Answer answer = post(path, body);
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("POST " + path + " was refused: " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    private Answer call(String method, String path, @org.jspecify.annotations.Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        String text = response.body();
        return new Answer(
                response.statusCode(), text == null || text.isBlank() ? JSON.missingNode() : JSON.readTree(text));
    }
}
