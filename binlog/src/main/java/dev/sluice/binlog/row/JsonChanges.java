package dev.sluice.binlog.row;

import dev.sluice.binlog.protocol.ByteCursor;

/**
 * Carries out the changes that a PARTIAL_UPDATE_ROWS event holds instead of a JSON document.
 *
 * <p>Source: MySQL sources, Json_diff_vector::write_binary: operation, path, and but for a removal the value, each with its
 * length in front.
 */
final class JsonChanges {
    private static final int REPLACE = 0;
    private static final int INSERT = 1;
    private static final int REMOVE = 2;

    private JsonChanges() {}

    /** The document that the changes make of another. */
    static JsonTree apply(byte[] in, int documentStart, int documentEnd, int changesStart, int changesEnd) {
        JsonTree tree = new JsonTree(in, documentStart, documentEnd);
        ByteCursor changes = new ByteCursor(in, changesStart, changesEnd);
        while (changes.remaining() > 0) {
            int operation = changes.uint8();
            ByteCursor text = changes.slice(changes.lengthEncoded());
            JsonPath path = JsonPath.parse(in, text.position(), text.end());
            if (operation == REMOVE) {
                tree.remove(path);
                continue;
            }
            ByteCursor value = changes.slice(changes.lengthEncoded());
            switch (operation) {
                case REPLACE -> tree.replace(path, in, value.position(), value.end());
                case INSERT -> tree.insert(path, in, value.position(), value.end());
                default -> throw new IllegalArgumentException("a JSON change of the unknown kind " + operation);
            }
        }
        return tree;
    }
}
