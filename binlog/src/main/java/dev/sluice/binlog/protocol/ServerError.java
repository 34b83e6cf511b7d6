package dev.sluice.binlog.protocol;

import java.io.IOException;

/** An error packet of the server: its number, SQL state and text. */
public final class ServerError extends IOException {
    private static final long serialVersionUID = 1;
    private final int code;
    private final String sqlState;

    ServerError(int code, String sqlState, String message) {
        super(message + " (error " + code + (sqlState.isEmpty() ? "" : ", SQL state " + sqlState) + ")");
        this.code = code;
        this.sqlState = sqlState;
    }

    /** Parses an ERR packet whose first byte is 0xff. */
    public static ServerError parse(ByteCursor packet) {
        packet.skip(1);
        int code = packet.uint16();
        String state = "";
        if (packet.remaining() >= 6 && packet.bytes()[packet.position()] == '#') {
            packet.skip(1);
            state = packet.text(5);
        }
        return new ServerError(code, state, packet.text(packet.remaining()));
    }

    public int code() {
        return code;
    }

    public String sqlState() {
        return sqlState;
    }
}
