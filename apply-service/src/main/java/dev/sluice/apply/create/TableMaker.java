package dev.sluice.apply.create;

import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.translation.NewTable;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a table that a target does not have, whole or not at all; several may try at once. Thread-safe.
 */
public final class TableMaker {
    private static final Logger LOG = LoggerFactory.getLogger(TableMaker.class);

    private final DataSource target;
    private final SecretCipher cipher;

    public TableMaker(DataSource target, SecretCipher cipher) {
        this.target = target;
        this.cipher = cipher;
    }

    /**
     * Makes the table for the rows of a table line; ends the connection's transaction.
     *
     * @throws SourceSilent if the source cannot be asked now
     * @throws dev.sluice.ddl.translation.NoTranslation if the target has nothing like a column or key
     */
    public void make(Connection connection, DataSource source, TableLine line, TableLine.Target name)
            throws SQLException, SourceSilent {
        SourceTable present = SourceTable.ask(source, cipher, line.schema(), line.name());
        switch (target.kind()) {
            case MYSQL, MARIADB -> {
                boolean sameKind = present.mariaDb() == MySqlTableMaker.isMariaDb(connection);
                NewTable table = TableDraft.of(line, name, present, sameKind);
                MySqlTableMaker.make(connection, table);
            }
            case POSTGRESQL -> PostgresTableMaker.make(connection, TableDraft.of(line, name, present, false));
            case ORACLE -> OracleTableMaker.make(connection, TableDraft.of(line, name, present, false));
            default -> throw new IllegalStateException("no tables are made at a " + target.kind() + " server");
        }
        LOG.info(
                "target {}: table {}.{} was not there and is made as source {} has {}.{}",
                target.name(),
                name.schema(),
                name.name(),
                source.name(),
                line.schema(),
                line.name());
    }
}
