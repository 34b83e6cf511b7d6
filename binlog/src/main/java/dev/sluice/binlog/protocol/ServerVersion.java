package dev.sluice.binlog.protocol;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flavour and numbers of a server's version, compared as numbers since versions such as 26.7 exist. */
public record ServerVersion(boolean mariaDb, int major, int minor, int patch, String text) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

    public static ServerVersion parse(String text) {
        boolean mariaDb = text.toLowerCase(Locale.ROOT).contains("mariadb");
        // MariaDB puts "5.5.5-" in front so that old replicas accept its version
        String numbers = mariaDb && text.startsWith("5.5.5-") ? text.substring("5.5.5-".length()) : text;
        Matcher matcher = NUMBERS.matcher(numbers);
        if (!matcher.find()) {
            return new ServerVersion(mariaDb, 0, 0, 0, text);
        }
        String patch = matcher.group(3);
        return new ServerVersion(
                mariaDb,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch),
                text);
    }

    public boolean atLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
        if (major != wantedMajor) {
            return major > wantedMajor;
        }
        if (minor != wantedMinor) {
            return minor > wantedMinor;
        }
        return patch >= wantedPatch;
    }

    public String flavour() {
        return mariaDb ? "MariaDB" : "MySQL";
    }
}
