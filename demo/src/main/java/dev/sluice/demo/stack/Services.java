package dev.sluice.demo.stack;

import dev.sluice.testsupport.download.ProjectRoot;
import dev.sluice.testsupport.process.FreePorts;
import dev.sluice.testsupport.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The five services as processes from their jars. */
public final class Services implements AutoCloseable {
    public static final String ADMIN = "admin";
    /** In the order in which a row travels. */
    public static final List<String> DATA_PLANE = List.of("capture", "dispatcher", "apply", "redis-sink");

    private static final Map<String, String> MODULES = Map.of(
            ADMIN,
            "admin-ui",
            "capture",
            "capture-service",
            "dispatcher",
            "dispatcher-service",
            "apply",
            "apply-service",
            "redis-sink",
            "redis-sink-service");
    private static final Map<String, String> PORTS = Map.of(
            ADMIN,
            "SLUICE_ADMIN_PORT",
            "capture",
            "SLUICE_CAPTURE_PORT",
            "dispatcher",
            "SLUICE_DISPATCHER_PORT",
            "apply",
            "SLUICE_APPLY_PORT",
            "redis-sink",
            "SLUICE_REDIS_SINK_PORT");
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Path work;
    private final String brokerUri;
    private final Consumer<String> says;
    private final List<String> toStart = new ArrayList<>();
    private final String secretKey = random(32);
    private final String password = random(12);
    private final int adminPort = FreePorts.one();
    private final Map<String, List<ServiceProcess>> processes = new ConcurrentHashMap<>();

    Services(Path work, String brokerUri, List<String> extra, Consumer<String> says) {
        this.work = work;
        this.brokerUri = brokerUri;
        this.says = says;
        toStart.add(ADMIN);
        toStart.addAll(DATA_PLANE);
        toStart.addAll(extra);
    }

    void start() throws IOException {
        Files.createDirectories(work);
        List<ServiceProcess> started = new ArrayList<>();
        for (String service : toStart) {
            started.add(add(service));
        }
        for (ServiceProcess process : started) {
            process.awaitHealthy(PATIENCE);
        }
    }

    /** Starts one more instance of a service; does not wait for it. */
    public ServiceProcess add(String service) throws IOException {
        List<ServiceProcess> instances = processes.computeIfAbsent(service, name -> new CopyOnWriteArrayList<>());
        String name = service + (instances.isEmpty() ? "" : "-" + (instances.size() + 1));
        Map<String, String> environment = new HashMap<>();
        environment.put("SLUICE_BROKER_URI", brokerUri);
        environment.put("SLUICE_SECRET_KEY", secretKey);
        if (service.equals(ADMIN)) {
            environment.put("SLUICE_ADMIN_PASSWORD", password);
            environment.put("SLUICE_DATA_DIR", work.resolve("admin-data").toString());
        }
        int port = service.equals(ADMIN) ? adminPort : FreePorts.one();
        environment.put(PORTS.getOrDefault(service, ""), Integer.toString(port));
        ServiceProcess process = ServiceProcess.start(
                new ServiceProcess.Launch(name, jar(service), heap(service), environment, work.resolve(name + ".log")));
        says.accept("%s: started, log %s".formatted(name, work.resolve(name + ".log")));
        instances.add(process);
        return process;
    }

    /** The n-th instance of a service, from 0. */
    public ServiceProcess get(String service, int n) {
        return processes.getOrDefault(service, List.of()).get(n);
    }

    public List<ServiceProcess> all(String service) {
        return processes.getOrDefault(service, List.of());
    }

    /** URL of UI and REST. */
    public String adminUrl() {
        return "http://127.0.0.1:" + adminPort;
    }

    public String adminPassword() {
        return password;
    }

    public AdminClient admin() {
        return new AdminClient(adminUrl(), "admin", password);
    }

    /** Starts again what has died. */
    public void restartDead() throws IOException {
        for (List<ServiceProcess> instances : processes.values()) {
            for (ServiceProcess process : instances) {
                if (!process.isAlive()) {
                    process.restart();
                }
            }
        }
    }

    @Override
    public void close() {
        List<ServiceProcess> all =
                processes.values().stream().flatMap(List::stream).toList();
        all.parallelStream().forEach(ServiceProcess::close);
    }

    /** The target's driver copies a statement several times: a row of 20 MB needs more than capture and dispatcher do. */
    private static String heap(String service) {
        return service.equals("apply") || service.equals("redis-sink") ? "512m" : "256m";
    }

    private static Path jar(String service) throws IOException {
        String module = MODULES.getOrDefault(service, service);
        Path target = ProjectRoot.find().resolve(module).resolve("target");
        try (var files = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
            for (Path file : files) {
                return file;
            }
        }
        throw new IOException("no " + module + "-…-exec.jar in " + target + "; build with ./mvnw -Dfast package");
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return bytes == 32
                ? Base64.getEncoder().encodeToString(random)
                : Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
