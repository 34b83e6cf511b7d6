package dev.sluice.change.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the lines that are not rows; most are rare and go through Jackson. Thread-safe. */
public final class Lines {
    private static final JsonMapper JSON = JsonMapper.builder()
            // members with their default value, such as a column's skip, are not written
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final byte[] END = bytes("}\n");

    private Lines() {}

    /** Appends a table line with its newline. */
    public static void write(LineBuffer out, TableLine line) {
        out.put(JSON.writeValueAsBytes(line)).put('\n');
    }

    public static void write(LineBuffer out, TransactionLine line) {
        transaction(out.put(LineKind.TRANSACTION.head()), line).put(END);
    }

    public static void write(LineBuffer out, DdlLine line) {
        out.put(LineKind.DDL.head()).put(JSON.writeValueAsBytes(line)).put(END);
    }

    public static void write(LineBuffer out, Claim line) {
        out.put(LineKind.CLAIM.head()).put(JSON.writeValueAsBytes(line)).put(END);
    }

    public static void write(LineBuffer out, SnapshotLine line) {
        out.put(LineKind.SNAPSHOT.head()).put(JSON.writeValueAsBytes(line)).put(END);
    }

    /** Appends a position line: the source moved here without any entry. */
    public static void writePosition(LineBuffer out, TransactionLine line) {
        transaction(out.put(LineKind.POSITION.head()), line).put(END);
    }

    /** Appends the line that ends a transaction. */
    public static void writeCommit(LineBuffer out, long entries) {
        out.put(LineKind.COMMIT.head()).number(entries).put(END);
    }

    /** By hand, for a source of small transactions writes as many of them as rows. */
    private static LineBuffer transaction(LineBuffer out, TransactionLine line) {
        out.put('{');
        // first, so that a dispatcher sees with one look that rows are not for everybody
        if (line.to() != null) {
            out.ascii("\"to\":").put(JSON.writeValueAsBytes(line.to())).put(',');
        }
        if (line.gtid() != null) {
            out.ascii("\"gtid\":").string(line.gtid()).put(',');
        }
        out.ascii("\"file\":").string(line.file());
        out.ascii(",\"offset\":").number(line.offset());
        out.ascii(",\"time\":").number(line.time());
        out.ascii(",\"seq\":").number(line.seq());
        member(out, ",\"origin\":", line.origin());
        member(out, ",\"executed\":", line.executed());
        member(out, ",\"server\":", line.server());
        member(out, ",\"snapshot\":", line.snapshot());
        return out.put('}');
    }

    private static void member(LineBuffer out, String name, @Nullable String value) {
        if (value != null) {
            out.ascii(name).string(value);
        }
    }

    public static TableLine table(byte[] body, int from, int to) {
        return read(body, from, to, TableLine.class);
    }

    /** Read token by token: to a sink of small transactions nearly every row comes with a line of its own. */
    public static TransactionLine transaction(byte[] body, int from, int to) {
        try (JsonParser parser = JSON.createParser(body, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || !"tx".equals(parser.nextName())
                    || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessage("line at byte " + from + " is no transaction");
            }
            return transaction(parser);
        } catch (JacksonException e) {
            throw new MalformedMessage("line at byte " + from + ": " + e.getOriginalMessage());
        }
    }

    private static TransactionLine transaction(JsonParser parser) {
        String gtid = null;
        String file = null;
        long offset = 0;
        long time = 0;
        long seq = 0;
        String origin = null;
        String executed = null;
        String server = null;
        List<String> to = null;
        String snapshot = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "gtid" -> gtid = parser.getValueAsString();
                case "file" -> file = parser.getValueAsString();
                case "offset" -> offset = parser.getLongValue();
                case "time" -> time = parser.getLongValue();
                case "seq" -> seq = parser.getLongValue();
                case "origin" -> origin = parser.getValueAsString();
                case "executed" -> executed = parser.getValueAsString();
                case "server" -> server = parser.getValueAsString();
                case "snapshot" -> snapshot = parser.getValueAsString();
                case "to" -> to = names(parser);
                default -> parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new MalformedMessage("a transaction line that does not end");
        }
        return new TransactionLine(gtid, present(file), offset, time, seq, origin, executed, server, to, snapshot);
    }

    private static List<String> names(JsonParser parser) {
        List<String> names = new ArrayList<>();
        while (parser.nextToken() != null && parser.currentToken() != JsonToken.END_ARRAY) {
            names.add(present(parser.getValueAsString()));
        }
        return names;
    }

    public static DdlLine ddl(byte[] body, int from, int to) {
        return present(read(body, from, to, Wrapper.class).ddl);
    }

    public static Claim claim(byte[] body, int from, int to) {
        return present(read(body, from, to, Wrapper.class).claim);
    }

    public static SnapshotLine snapshot(byte[] body, int from, int to) {
        return present(read(body, from, to, Wrapper.class).snapshot);
    }

    public static TransactionLine position(byte[] body, int from, int to) {
        return present(read(body, from, to, Wrapper.class).position);
    }

    private static <T> T read(byte[] body, int from, int to, Class<T> type) {
        try {
            return JSON.readValue(body, from, to - from, type);
        } catch (JacksonException e) {
            throw new MalformedMessage("line at byte " + from + ": " + e.getOriginalMessage());
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new MalformedMessage("line without its content");
        }
        return value;
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private record Wrapper(
            @JsonProperty("ddl") @Nullable DdlLine ddl,
            @JsonProperty("claim") @Nullable Claim claim,
            @JsonProperty("position") @Nullable TransactionLine position,
            @JsonProperty("snapshot") @Nullable SnapshotLine snapshot) {}
}
