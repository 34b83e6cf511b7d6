package dev.sluice.binlog.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.binlog.FilePosition;
import dev.sluice.binlog.GtidSet;
import dev.sluice.binlog.MariaDbGtidList;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.testsupport.servers.DatabaseServer;
import dev.sluice.testsupport.servers.MariaDbServer;
import dev.sluice.testsupport.servers.MariaDbVersion;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers of its own, for it counts their files. */
class PlaceFinderIT {
    private static final int FILES = 3;

    @Test
    void findsPlacesInMySql() throws Exception {
        try (MySqlServer server = MySqlServer.start(MySqlVersion.V8_0_15, ServerOptions.defaults())) {
            findsPlaces(server);
        }
    }

    @Test
    @Tag("extended")
    void findsPlacesInMariaDb() throws Exception {
        try (MariaDbServer server = MariaDbServer.start(MariaDbVersion.V10_11_5, ServerOptions.defaults())) {
            findsPlaces(server);
        }
    }

    private static void findsPlaces(DatabaseServer server) throws Exception {
        SourceAddress address = new SourceAddress(
                server.host(), server.port(), server.user(), server.password(), TlsOptions.preferred());
        PlaceFinder finder = new PlaceFinder(address, Duration.ofSeconds(60));
        boolean mariaDb = server instanceof MariaDbServer;
        server.execute("CREATE DATABASE places", "CREATE TABLE places.t (id INT PRIMARY KEY)");
        List<Place> ends = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            server.execute("INSERT INTO places.t VALUES (" + 2 * i + ")", "FLUSH BINARY LOGS");
            ends.add(finder.end());
            pastTheSecond();
            times.add(Instant.now());
            pastTheSecond();
            server.execute("INSERT INTO places.t VALUES (" + (2 * i + 1) + ")");
        }
        for (int i = 0; i < FILES; i++) {
            Place there = finder.at(ends.get(i).position());
            assertSame(there.executed(), ends.get(i).executed(), mariaDb);
            assertThat(there.next()).isAfter(times.get(i).minusSeconds(1));
            Place then = finder.at(times.get(i));
            assertSame(then.executed(), ends.get(i).executed(), mariaDb);
            assertThat(then.position().file()).isEqualTo(ends.get(i).position().file());
            assertThat(then.nextGtid()).isNotNull().isEqualTo(there.nextGtid());
            assertThat(finder.at(then.position()).executed()).isEqualTo(then.executed());
            assertThat(finder.behind(then.executed()).position()).isEqualTo(then.position());
            FilePosition inside =
                    new FilePosition(then.position().file(), then.position().offset() + 60);
            assertThatThrownBy(() -> finder.at(inside))
                    .isInstanceOf(NoSuchPlace.class)
                    .hasMessageContaining(then.position().toString());
        }
        Place end = finder.at(finder.end().position());
        assertThat(finder.behind(end.executed()).next()).isNull();
        assertSame(end.executed(), finder.end().executed(), mariaDb);
        assertThat(end.next()).isNull();
        assertThat(finder.at(Instant.now().plusSeconds(3600)).executed()).isEqualTo(end.executed());
        assertThat(finder.earliest().position().offset()).isEqualTo(4);
        assertThatThrownBy(() -> finder.at(new FilePosition("none.000001", 4)))
                .isInstanceOf(NoSuchPlace.class)
                .hasMessageContaining(finder.files().get(0).name());
        String second = finder.files().get(2).name();
        server.execute("PURGE BINARY LOGS TO '" + second + "'");
        assertThatThrownBy(() -> finder.at(times.get(0)))
                .isInstanceOf(NoSuchPlace.class)
                .hasMessageContaining(second);
        assertThatThrownBy(() -> finder.behind(ends.get(0).executed()))
                .isInstanceOf(NoSuchPlace.class)
                .hasMessageContaining("deleted");
    }

    private static void assertSame(String found, String expected, boolean mariaDb) {
        if (mariaDb) {
            assertThat(MariaDbGtidList.parse(found))
                    .hasToString(MariaDbGtidList.parse(expected).toString());
        } else {
            assertThat(GtidSet.parse(found)).isEqualTo(GtidSet.parse(expected));
        }
    }

    /** The log's times of MariaDB are whole seconds. */
    private static void pastTheSecond() throws InterruptedException {
        Thread.sleep(1100);
    }
}
