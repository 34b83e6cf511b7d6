package dev.sluice.apply.write;

import dev.sluice.apply.create.SourceSilent;
import dev.sluice.apply.create.TableMaker;
import dev.sluice.apply.sql.Dialect;
import dev.sluice.change.config.DataSource;
import dev.sluice.change.config.SecretCipher;
import dev.sluice.change.message.TableLine;
import dev.sluice.ddl.translation.NoTranslation;
import dev.sluice.sink.PipelineSources;
import dev.sluice.sink.batch.Row;
import dev.sluice.sink.write.Failure;
import dev.sluice.sink.write.WriteFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What becomes of a row whose table the target does not have: the table is made if the mapping says so. Thread-safe. */
final class MissingTables {
    private static final String NO_SUCH_TABLE = "42S02";

    private final Dialect dialect;
    private final String target;
    private final PipelineSources sources;
    private final TableMaker maker;

    MissingTables(Dialect dialect, DataSource target, SecretCipher cipher, PipelineSources sources) {
        this.dialect = dialect;
        this.target = target.name();
        this.sources = sources;
        maker = new TableMaker(target, cipher);
    }

    /** Makes the table of a row; ends the connection's transaction. */
    void make(Connection connection, String pipeline, Row row) throws SQLException, WriteFailed {
        TableLine line = row.table();
        TableLine.Target name = line.target();
        Optional<DataSource> source = sources.of(pipeline);
        if (!Boolean.TRUE.equals(line.create()) || name == null || source.isEmpty()) {
            throw refused(row, "the target has no such table; create it or correct the mapping");
        }
        try {
            maker.make(connection, source.get(), line, name);
        } catch (NoTranslation e) {
            throw refused(row, cannot(name, String.valueOf(e.getMessage())));
        } catch (SourceSilent e) {
            throw new WriteFailed(new Failure.Retryable(cannot(name, String.valueOf(e.getMessage()))));
        } catch (SQLException e) {
            WriteFailed failed = SqlErrors.failed(dialect, target, e, row);
            if (failed.failure() instanceof Failure.BadRow) {
                throw refused(row, cannot(name, String.valueOf(e.getMessage())));
            }
            throw failed;
        }
    }

    private static String cannot(TableLine.Target name, String why) {
        return "the table " + name.schema() + "." + name.name() + " is not there and cannot be made: " + why
                + "; create it by hand";
    }

    private static WriteFailed refused(Row row, String reason) {
        return new WriteFailed(new Failure.BadRow(row, reason, NO_SUCH_TABLE));
    }
}
