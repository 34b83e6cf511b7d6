package dev.sluice.apply.write;

import dev.sluice.apply.ApplyBench;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.config.TlsMode;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;

/** Writers to a server as the service makes them. */
final class TestWriters {
    private TestWriters() {}

    static TargetWriter of(DatabaseServer server) {
        SecretCipher cipher = new SecretCipher(ApplyBench.SECRET_KEY);
        DataSource target = new DataSource(
                "shop",
                server instanceof MariaDbServer ? DataSource.Kind.MARIADB : DataSource.Kind.MYSQL,
                server.host(),
                server.port(),
                server.user(),
                cipher.encrypt(server.password()),
                TlsMode.DISABLED,
                null,
                null);
        return new TargetWriter(target, cipher, "sluice", 4);
    }
}
