package dev.sluice.testsupport.servers;

import dev.sluice.testsupport.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files and the environment of a private RabbitMQ node: every listener on 127.0.0.1, an epmd, a cookie and
 * directories of its own, nothing of {@code /etc/rabbitmq} read.
 */
record RabbitMqNode(
        WorkDirectory work, int port, int managementPort, int epmdPort, int distributionPort, int toolPort) {
    static final String USER = "sluice";

    static RabbitMqNode on(int port, WorkDirectory work) {
        return new RabbitMqNode(work, port, FreePorts.one(), FreePorts.one(), FreePorts.one(), FreePorts.one());
    }

    void writeFiles(List<String> settings, Set<String> plugins, String password) throws IOException {
        Path directory = work.path();
        Files.writeString(directory.resolve("env.conf"), "");
        Set<String> enabled = new TreeSet<>(plugins);
        enabled.add("rabbitmq_management");
        Files.writeString(directory.resolve("enabled_plugins"), "[" + String.join(",", enabled) + "].\n");
        work.secretFile("rabbitmq.conf", String.join("\n", configuration(settings, password)) + "\n");
    }

    private List<String> configuration(List<String> settings, String password) {
        List<String> lines = new ArrayList<>(List.of(
                "default_user = " + USER,
                "default_pass = " + password,
                "default_user_tags.administrator = true",
                "management.tcp.ip = 127.0.0.1",
                "management.tcp.port = " + managementPort,
                "disk_free_limit.absolute = 200MB",
                "vm_memory_high_watermark.absolute = 1GB",
                "log.file = false",
                "log.console = true"));
        // a key may stand there once only
        lines.removeIf(
                line -> settings.stream().anyMatch(setting -> key(setting).equals(key(line))));
        lines.addAll(settings);
        return lines;
    }

    private static String key(String line) {
        return line.split("=", 2)[0].strip();
    }

    Map<String, String> environment(RabbitMqInstallation installation) {
        String directory = work.path().toString();
        Map<String, String> all = new HashMap<>(installation.environment());
        all.put("HOME", directory);
        all.put("RABBITMQ_NODENAME", "sluice@localhost");
        all.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
        all.put("RABBITMQ_NODE_PORT", Integer.toString(port));
        all.put("RABBITMQ_DIST_PORT", Integer.toString(distributionPort));
        all.put("ERL_EPMD_PORT", Integer.toString(epmdPort));
        all.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        all.put("RABBITMQ_BASE", directory);
        all.put("RABBITMQ_MNESIA_BASE", directory + "/data");
        all.put("RABBITMQ_LOG_BASE", directory + "/log");
        all.put("RABBITMQ_PID_FILE", directory + "/pid");
        all.put("RABBITMQ_SCHEMA_DIR", directory + "/schema");
        all.put("RABBITMQ_GENERATED_CONFIG_DIR", directory + "/generated");
        all.put("RABBITMQ_CONFIG_FILE", directory + "/rabbitmq.conf");
        all.put("RABBITMQ_CONF_ENV_FILE", directory + "/env.conf");
        all.put("RABBITMQ_ADVANCED_CONFIG_FILE", directory + "/advanced.config");
        all.put("RABBITMQ_ENABLED_PLUGINS_FILE", directory + "/enabled_plugins");
        all.put("RABBITMQ_CTL_DIST_PORT_MIN", Integer.toString(toolPort));
        all.put("RABBITMQ_CTL_DIST_PORT_MAX", Integer.toString(toolPort + 9));
        // no busy waiting of the schedulers: the machine is shared with everything else under test
        all.put(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}");
        all.put("RABBITMQ_CTL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
        // makes the start script become the Erlang machine instead of waiting for it, so that a signal to it is one to
        // the broker
        all.put("RUNNING_UNDER_SYSTEMD", "true");
        return all;
    }
}
