package dev.sluice.binlog.search;

import dev.sluice.binlog.protocol.SourceConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A file of the binary log. */
public record BinlogFile(String name, long size) {
    /** The files a source has, oldest first; none if it writes no log. */
    public static List<BinlogFile> all(SourceConnection source) throws IOException {
        return source.query("SHOW BINARY LOGS").rows().stream()
                .map(BinlogFile::of)
                .toList();
    }

    private static BinlogFile of(Map<String, ?> row) {
        return new BinlogFile(
                String.valueOf(row.get("log_name")), Long.parseLong(String.valueOf(row.get("file_size"))));
    }
}
