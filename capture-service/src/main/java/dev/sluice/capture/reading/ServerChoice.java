package dev.sluice.capture.reading;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.change.config.SourceServers;
import dev.sluice.change.message.TransactionLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses which of a source's servers to read: one in the role wanted that has all that the log has. A server that lacks
 * some of it has lost transactions, or another history; reading on there would leave the targets with rows that the
 * source does not have.
 */
public final class ServerChoice {
    private static final Logger LOG = LoggerFactory.getLogger(ServerChoice.class);

    private final SourceServers.Role role;
    private final @Nullable TransactionLine logged;
    private final List<String> refusals = new ArrayList<>();
    private @Nullable OtherBinlog otherHistory;

    private ServerChoice(SourceServers.Role role, @Nullable TransactionLine logged) {
        this.role = role;
        this.logged = logged;
    }

    /**
     * Asks every address and chooses.
     *
     * @param logged where the log ends; null if it is empty, or to be left in any case
     * @throws OtherBinlog if none can be chosen without a decision by a person
     * @throws IOException if none can be chosen now
     */
    public static SourceServer among(
            List<SourceAddress> addresses, SourceServers.@Nullable Role role, @Nullable TransactionLine logged)
            throws IOException {
        ServerChoice choice = new ServerChoice(role == null ? SourceServers.Role.PRIMARY : role, logged);
        if (addresses.size() == 1) {
            SourceServer only = SourceServer.ask(addresses.get(0));
            choice.checkHistory(only);
            return only;
        }
        return choice.best(addresses);
    }

    private SourceServer best(List<SourceAddress> addresses) throws IOException {
        List<SourceServer> primaries = new ArrayList<>();
        List<SourceServer> replicas = new ArrayList<>();
        for (SourceAddress address : addresses) {
            try {
                SourceServer server = SourceServer.ask(address);
                if (hasAllLogged(server)) {
                    (server.readOnly() ? replicas : primaries).add(server);
                }
            } catch (IOException e) {
                refuse(address.host() + ":" + address.port(), String.valueOf(e.getMessage()));
            }
        }
        if (role == SourceServers.Role.REPLICA) {
            List<SourceServer> complete =
                    replicas.stream().filter(this::logsWhatItReplicates).toList();
            if (!complete.isEmpty()) {
                return theLogsOwn(complete);
            }
        } else {
            replicas.forEach(replica -> refuse(replica.toString(), "takes no writes (read_only)"));
        }
        if (primaries.isEmpty()) {
            if (otherHistory != null) {
                throw otherHistory;
            }
            throw new IOException("none of the source's servers can be read: " + String.join("; ", refusals));
        }
        return primaries.size() == 1 ? primaries.get(0) : oneOfSeveral(primaries);
    }

    /** Two servers take writes: a failover that is under way, or a split brain. */
    private SourceServer oneOfSeveral(List<SourceServer> primaries) {
        for (SourceServer candidate : primaries) {
            boolean hasAll = primaries.stream()
                    .allMatch(other -> candidate.gtids()
                            && candidate.lacks(other.executed()).isEmpty());
            boolean ahead = primaries.stream()
                    .filter(other -> other != candidate)
                    .noneMatch(other -> other.lacks(candidate.executed()).isEmpty());
            if (hasAll && ahead) {
                return candidate;
            }
        }
        if (primaries.stream()
                        .allMatch(one -> primaries.get(0).lacks(one.executed()).isEmpty())
                || !primaries.get(0).gtids()) {
            SourceServer own = theLogsOwn(primaries);
            if (primaries.get(0).gtids() || isTheLogsOwn(own)) {
                LOG.warn("{} all take writes (read_only is off); reading {}", primaries, own);
                return own;
            }
        }
        String each =
                primaries.stream().map(one -> one + " has " + one.executed()).collect(Collectors.joining("; "));
        throw new OtherBinlog(
                "several servers of the source take writes and have different transactions (split brain): " + each
                        + "; set read_only on all but the right one, or take the wrong ones out of the standbys");
    }

    private SourceServer theLogsOwn(List<SourceServer> servers) {
        return servers.stream().filter(this::isTheLogsOwn).findFirst().orElse(servers.get(0));
    }

    private boolean isTheLogsOwn(SourceServer server) {
        return logged != null && server.id().equals(logged.server());
    }

    private boolean hasAllLogged(SourceServer server) {
        try {
            checkHistory(server);
            return true;
        } catch (OtherBinlog e) {
            if (!server.readOnly()) {
                otherHistory = e;
            }
            refuse(server.toString(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean logsWhatItReplicates(SourceServer replica) {
        if (!replica.logsUpdates()) {
            refuse(replica.toString(), "its binlog lacks what it replicates; set log_replica_updates there");
        }
        return replica.logsUpdates();
    }

    private void checkHistory(SourceServer server) {
        if (logged == null || logged.executed() == null || !server.gtids()) {
            return;
        }
        String missing = server.lacks(logged.executed());
        if (missing.isEmpty() && logged.gtid() != null) {
            missing = server.lacks(logged.gtid());
        }
        if (!missing.isEmpty()) {
            throw new OtherBinlog("server " + server + " (" + server.id() + ") has never executed " + missing
                    + ", which the source log has from " + logged.server()
                    + ": it has lost these transactions, or it is of another replication. Bring them to the server, or"
                    + " jump to a position of it (POST /api/v1/data-sources/{name}/position) and snapshot anew");
        }
    }

    private void refuse(String server, String why) {
        refusals.add(server + ": " + why);
    }
}
