package dev.sluice.dispatch.state;

import dev.sluice.change.message.MalformedMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** State records as JSON; unknown members are passed over, for a newer instance may have written them. */
final class StateCodec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StateCodec() {}

    static byte[] encode(DispatchState state) {
        return JSON.writeValueAsBytes(state);
    }

    static DispatchState decode(byte[] json) {
        DispatchState state;
        try {
            state = JSON.readValue(json, DispatchState.class);
        } catch (JacksonException e) {
            throw new MalformedMessage("state record: " + e.getOriginalMessage());
        }
        if (state.source() == null || state.partitionSeqs() == null || state.ahead() == null) {
            throw new MalformedMessage("state record without source, partitionSeqs or ahead");
        }
        if (state.partitions() < 1 || state.partitionSeqs().size() != state.partitions()) {
            throw new MalformedMessage("state record with "
                    + state.partitionSeqs().size() + " seqs for " + state.partitions() + " partitions");
        }
        return state;
    }
}
