package dev.sluice.apply.create;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ddl.Ddl;
import dev.sluice.ddl.DdlParser;
import dev.sluice.ddl.Dialect;
import dev.sluice.ddl.TableChange;
import dev.sluice.ddl.translation.NewTable;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.Databases;
import dev.sluice.testsupport.servers.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Where tables are made at PostgreSQL. */
class PostgresTableMakerIT {
    @Test
    void aSchemaIsFoundWhateverTheCaseOfItsName() throws Exception {
        DatabaseServer server = SharedServers.postgres();
        String lower = Databases.create(server, "made");
        String schema = lower.toUpperCase(Locale.ROOT);
        server.execute("ALTER SCHEMA " + lower + " RENAME TO \"" + schema + "\"");
        Ddl ddl =
                DdlParser.parse("CREATE TABLE t (id INT PRIMARY KEY, KEY k (id))", "s", new Dialect(false, 80_036, 0));
        TableChange.Create create =
                (TableChange.Create) ((Ddl.Tables) ddl).changes().get(0);
        NewTable table = new NewTable(lower, "t", create.columns(), create.keys(), null, create.comment());
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            PostgresTableMaker.make(connection, table);
            PostgresTableMaker.make(connection, table);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT table_schema FROM information_schema.tables WHERE"
                            + " lower(table_schema) = lower('" + schema + "')")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo(schema);
                assertThat(row.next()).isFalse();
            }
        }
    }
}
