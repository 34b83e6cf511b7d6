package dev.sluice.apply.write;

import dev.sluice.apply.ApplyBench;
import dev.sluice.apply.Targets;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.sink.PipelineSources;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.util.Optional;

/** Writers to a server as the service makes them. */
final class TestWriters {
    private TestWriters() {}

    static TargetWriter of(DatabaseServer server) {
        return of(Targets.dataSource("shop", server));
    }

    static TargetWriter of(DataSource target) {
        return of(target, pipeline -> Optional.empty());
    }

    /** One that asks sources for the definitions of tables. */
    static TargetWriter of(DataSource target, PipelineSources sources) {
        return new TargetWriter(target, new SecretCipher(ApplyBench.SECRET_KEY), "sluice", 4, sources);
    }
}
