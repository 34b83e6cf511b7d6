package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin service with its own database on MySQL instead of the embedded one. */
class MySqlDatabaseIT {
    @TempDir
    private Path data;

    @Test
    void keepsItsDatabaseOnMySql() {
        MySqlServer mysql = SharedServers.mysql();
        String schema = Databases.create(mysql, "admin");
        String[] settings = {
            "--spring.datasource.url=" + mysql.jdbcUrl(schema),
            "--spring.datasource.username=" + mysql.user(),
            "--spring.datasource.password=" + mysql.password()
        };
        String before;
        try (AdminServer admin = AdminServer.start(data, AdminServer.NO_BROKER, settings)) {
            String redis = "{'name':'r','kind':'REDIS','host':'h','password':'密码'}";
            assertThat(admin.post("data-sources", redis).status()).isEqualTo(201);
            before = admin.get("configuration").body();
        }
        try (AdminServer admin = AdminServer.start(data, AdminServer.NO_BROKER, settings)) {
            assertThat(admin.get("configuration").body()).isEqualTo(before);
            assertThat(admin.delete("data-sources/r").status()).isEqualTo(204);
        }
        assertThat(data).isEmptyDirectory();
        mysql.execute("DROP DATABASE " + schema);
    }
}
