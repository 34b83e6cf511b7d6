package dev.sluice.demo.check;

import dev.sluice.binlog.BinlogHandler;
import dev.sluice.binlog.BinlogReader;
import dev.sluice.binlog.DdlStatement;
import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.ReaderOptions;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.binlog.TransactionEnd;
import dev.sluice.binlog.TransactionStart;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.RowOp;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.testsupport.servers.DatabaseServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Reads the target's own binlog and says how often an order went back to an older version: a witness that Sluice's apply
 * does not know of. Not thread-safe.
 */
public final class OrderWatch {
    private static final long SERVER_ID = 0x51_1c_e0_01L;
    private static final int ID = 0;
    private static final int VERSION = 4;

    private final DatabaseServer target;
    private final FilePosition start;

    private OrderWatch(DatabaseServer target, FilePosition start) {
        this.target = target;
        this.start = start;
    }

    /** Watches from now on. */
    public static OrderWatch of(DatabaseServer target) throws SQLException {
        return new OrderWatch(target, end(target));
    }

    /** Reads everything up to now; how often a version went back, or a deleted order was written again. */
    public long outOfOrder() throws IOException, SQLException {
        FilePosition end = end(target);
        ReaderOptions options = new ReaderOptions(
                new SourceAddress(
                        target.host(), target.port(), target.user(), target.password(), TlsOptions.preferred()),
                SERVER_ID,
                Duration.ofSeconds(5));
        Orders orders = new Orders();
        try (BinlogReader reader = BinlogReader.open(options, start)) {
            while (!orders.reached(end)) {
                reader.readNext(orders);
            }
        }
        return orders.versions.outOfOrder();
    }

    private static FilePosition end(DatabaseServer server) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW MASTER STATUS")) {
            row.next();
            return new FilePosition(row.getString(1), row.getLong(2));
        }
    }

    private static final class Orders implements BinlogHandler {
        private final TargetOrder versions = new TargetOrder();
        private String file = "";
        private long offset;

        boolean reached(FilePosition end) {
            int order = file.compareTo(end.file());
            return order > 0 || (order == 0 && offset >= end.offset());
        }

        @Override
        public void row(TableShape table, DecodedRow row) {
            if (!table.table().equals("orders")) {
                return;
            }
            long id = TargetOrder.number(row.bytes(), row.cellStart(ID), row.cellEnd(ID));
            if (row.op() == RowOp.DELETE) {
                versions.deleted(id);
            } else {
                versions.wrote(id, TargetOrder.number(row.bytes(), row.cellStart(VERSION), row.cellEnd(VERSION)));
            }
        }

        @Override
        public void transactionStarted(TransactionStart transaction) {}

        @Override
        public void ddl(DdlStatement statement) {}

        @Override
        public void transactionEnded(TransactionEnd end) {
            positionMoved(end.file(), end.endOffset());
        }

        @Override
        public void positionMoved(String newFile, long newOffset) {
            file = newFile;
            offset = newOffset;
        }
    }
}
