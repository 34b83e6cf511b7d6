package dev.sluice.change.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Valid pieces of configuration to vary in tests. */
final class Examples {
    static final Mapping ORDERS = mapping("shop", "orders");
    static final Mapping CACHED = new Mapping("shop", "users", null, null, ColumnRules.ALL, cache("user:{id}"));

    private Examples() {}

    static DataSource mysql(String name) {
        return new DataSource(
                name,
                DataSource.Kind.MYSQL,
                name + ".example",
                3306,
                "sluice",
                "enc:v1:AAAA",
                TlsMode.PREFERRED,
                null,
                CaptureSettings.fromNow());
    }

    static DataSource redis(String name) {
        return new DataSource(name, DataSource.Kind.REDIS, "localhost", 6379, "", "", TlsMode.DISABLED, null, null);
    }

    static DataSource oracle(String name) {
        return new DataSource(
                        name, DataSource.Kind.ORACLE, "localhost", 1521, "sluice", "", TlsMode.DISABLED, null, null)
                .withDatabase("ORCLPDB1");
    }

    static DataSource withSite(DataSource source, String site) {
        return new DataSource(
                source.name(),
                source.kind(),
                source.host(),
                source.port(),
                source.username(),
                source.password(),
                source.tls(),
                site,
                source.capture());
    }

    static DataSource withCapture(DataSource source, @Nullable CaptureSettings capture) {
        return new DataSource(
                source.name(),
                source.kind(),
                source.host(),
                source.port(),
                source.username(),
                source.password(),
                source.tls(),
                source.site(),
                capture);
    }

    static CaptureSettings startingAt(
            CaptureSettings.StartPosition.Mode mode,
            @Nullable String file,
            @Nullable Long offset,
            @Nullable String gtids) {
        return new CaptureSettings(
                new CaptureSettings.StartPosition(mode, file, offset, gtids), 0, 1_000_000_000, Duration.ofDays(1));
    }

    static Pipeline pipeline(String name, String source, String target, Mapping... mappings) {
        return new Pipeline(name, source, target, Pipeline.DesiredState.RUNNING, 1, 8, List.of(mappings));
    }

    static Mapping mapping(String schema, String table) {
        return new Mapping(schema, table, null, null, ColumnRules.ALL, null);
    }

    static Mapping mapping(String schema, String table, @Nullable String targetSchema, @Nullable String targetTable) {
        return new Mapping(schema, table, targetSchema, targetTable, ColumnRules.ALL, null);
    }

    static Mapping withColumns(List<String> include, List<String> exclude, Map<String, String> rename) {
        return new Mapping("shop", "orders", null, null, new ColumnRules(include, exclude, rename), null);
    }

    static Mapping withKey(String key) {
        return new Mapping("shop", "users", null, null, ColumnRules.ALL, cache(key));
    }

    static CacheRule cache(String key) {
        return new CacheRule(key, CacheRule.Format.JSON, Duration.ofHours(1));
    }

    /** Two MySQL servers {@code a} and {@code b}, Redis {@code r} and Oracle {@code o}, one channel. */
    static Configuration configuration(Pipeline... pipelines) {
        return new Configuration(
                1,
                List.of(mysql("a"), mysql("b"), redis("r"), oracle("o")),
                List.of(new Channel("channel", List.of(pipelines))));
    }
}
