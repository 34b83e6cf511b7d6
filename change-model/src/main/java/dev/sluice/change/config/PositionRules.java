package dev.sluice.change.config;

import dev.sluice.change.config.CaptureSettings.StartPosition;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the places must be at which a capture begins, or to which it is to jump. */
final class PositionRules {
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String INTERVAL = "\\s*[1-9]\\d{0,18}(-[1-9]\\d{0,18})?\\s*";
    private static final String TAG = "\\s*[A-Za-z_]\\w{0,31}\\s*";
    private static final String MYSQL_GROUP = "\\s*" + UUID + "\\s*(:(" + INTERVAL + "|" + TAG + "))+";
    private static final String MARIADB_GTID = "\\s*\\d{1,10}-\\d{1,10}-\\d{1,20}\\s*";
    private static final Pattern MYSQL_SET = list(MYSQL_GROUP);
    private static final Pattern MARIADB_LIST = list(MARIADB_GTID);

    private final List<ConfigurationProblem> problems;

    PositionRules(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    void check(CaptureSettings capture, DataSource source, String in) {
        check(capture.start(), source.kind(), in + ".start");
        PositionReset reset = capture.reset();
        if (reset != null) {
            if (reset.generation() < 1) {
                add(in + ".reset.generation", "must be at least 1, and higher with each jump");
            }
            check(reset.position(), source.kind(), in + ".reset.position");
        }
    }

    private void check(@Nullable StartPosition position, DataSource.@Nullable Kind kind, String at) {
        if (position == null || position.mode() == null) {
            add(at + ".mode", "is missing; choose NOW, EARLIEST, FILE, GTID or TIMESTAMP");
            return;
        }
        StartPosition.Mode mode = position.mode();
        boolean byFile = mode == StartPosition.Mode.FILE;
        if (byFile && (position.file() == null || position.file().isBlank())) {
            add(at + ".file", "is missing; mode FILE needs a binlog file such as mysql-bin.000042");
        }
        if (byFile && (position.offset() == null || position.offset() < 4)) {
            add(at + ".offset", "must be at least 4, where the first event of a binlog file begins");
        }
        if (!byFile) {
            refuse(position.file(), at + ".file", mode);
            refuse(position.offset(), at + ".offset", mode);
        }
        if (mode == StartPosition.Mode.GTID) {
            checkSet(position.gtidSet(), kind, at + ".gtidSet");
        } else {
            refuse(position.gtidSet(), at + ".gtidSet", mode);
        }
        if (mode != StartPosition.Mode.TIMESTAMP) {
            refuse(position.timestamp(), at + ".timestamp", mode);
        } else if (position.timestamp() == null) {
            add(at + ".timestamp", "is missing; mode TIMESTAMP needs a time such as 2026-11-21T09:30:00Z");
        }
    }

    private void checkSet(@Nullable String set, DataSource.@Nullable Kind kind, String at) {
        if (set == null || set.isBlank()) {
            add(at, "is missing; mode GTID needs the set already seen, or use EARLIEST");
        } else if (kind == DataSource.Kind.MYSQL && !MYSQL_SET.matcher(set).matches()) {
            add(at, "is not a GTID set of MySQL; it looks like 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,…");
        } else if (kind == DataSource.Kind.MARIADB && !MARIADB_LIST.matcher(set).matches()) {
            add(at, "is not a GTID position of MariaDB; it looks like 0-1-100,1-2-5");
        }
    }

    private void refuse(@Nullable Object value, String at, StartPosition.Mode mode) {
        if (value != null) {
            add(at, "has no meaning with mode " + mode + "; remove it or change the mode");
        }
    }

    private void add(String field, String fix) {
        problems.add(new ConfigurationProblem(field, fix));
    }

    private static Pattern list(String each) {
        return Pattern.compile(each + "(," + each + ")*,?\\s*");
    }
}
