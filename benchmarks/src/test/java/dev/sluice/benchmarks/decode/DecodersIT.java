package dev.sluice.benchmarks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.workload.Backlog;
import dev.sluice.benchmarks.workload.WideTable;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.SharedServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodersIT {
    private static final int ROWS = 500;

    @Test
    void bothSeeEveryRowOfARecordingInEveryPass(@TempDir Path directory) throws Exception {
        MySqlServer server = SharedServers.mysql();
        WideTable.create(server, "recorded");
        Backlog backlog = Backlog.write(server, "recorded", ROWS, 1);
        SourceAddress address = new SourceAddress(
                server.host(), server.port(), server.user(), server.password(), TlsOptions.preferred());
        Path file = directory.resolve("recording");
        Recording.of(address, backlog).save(file);
        Recording recording = Recording.load(file);

        for (OwnDecoder own : List.of(new OwnDecoder(recording, null), new OwnDecoder(recording, Runnable::run))) {
            for (int pass = 0; pass < 3; pass++) {
                Counting counting = new Counting();
                assertThat(own.pass(counting)).isEqualTo(ROWS);
                assertThat(counting.rows).isEqualTo(ROWS);
                assertThat(counting.commits).isEqualTo(backlog.transactions());
            }
        }
        assertThat(new LibraryDecoder(recording.eventsOnly(), false).pass(data -> {}))
                .isEqualTo(ROWS);
        assertThat(new LibraryDecoder(recording.eventsOnly(), true).pass(data -> {}))
                .isEqualTo(ROWS);
    }

    private static final class Counting implements OwnDecoder.Taker {
        private long rows;
        private long commits;

        @Override
        public void begin() {}

        @Override
        public void row(TableShape table, DecodedRow row) {
            assertThat(row.columnCount()).isEqualTo(WideTable.STAMP + 1);
            rows++;
        }

        @Override
        public void commit() {
            commits++;
        }
    }
}
