package dev.sluice.binlog.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A binary JSON document that can be changed: only what lies on the way of a change is unfolded, all else stays the bytes
 * it is. Not safe for concurrent use.
 *
 * <p>Source: MySQL sources, sql-common/json_binary.h, and Json_object's order of keys: by length, then by bytes.
 */
final class JsonTree {
    /** A value: bytes as they are, or unfolded. */
    private sealed interface Node permits Bytes, Members, Elements {}

    private record Bytes(byte[] in, int type, int at, int limit) implements Node {}

    private record Members(List<byte[]> keys, List<Node> values) implements Node {}

    private record Elements(List<Node> values) implements Node {}

    private Node root;

    JsonTree(byte[] in, int from, int to) {
        root = document(in, from, to);
    }

    /** Puts a document in place of the value at a path. */
    void replace(JsonPath path, byte[] in, int from, int to) {
        Node value = document(in, from, to);
        if (path.legs().isEmpty()) {
            root = value;
            return;
        }
        Node parent = unfold(path.legs().size() - 1, path);
        JsonPath.Leg leg = path.last();
        int index = index(parent, leg);
        if (index < 0) {
            throw missing(path);
        }
        values(parent).set(index, value);
    }

    /** Puts a document to a key that is not there yet, or in front of an element, or behind the last one. */
    void insert(JsonPath path, byte[] in, int from, int to) {
        Node value = document(in, from, to);
        Node parent = unfold(path.legs().size() - 1, path);
        JsonPath.Leg leg = path.last();
        if (parent instanceof Members members && leg.key() != null) {
            byte[] key = leg.key().getBytes(StandardCharsets.UTF_8);
            int at = 0;
            while (at < members.keys.size() && compare(members.keys.get(at), key) < 0) {
                at++;
            }
            if (at < members.keys.size() && Arrays.equals(members.keys.get(at), key)) {
                throw new IllegalArgumentException("a JSON change inserts " + path + ", which is there");
            }
            members.keys.add(at, key);
            members.values.add(at, value);
        } else if (parent instanceof Elements elements && leg.key() == null) {
            elements.values.add(Math.min(leg.index(), elements.values.size()), value);
        } else {
            throw missing(path);
        }
    }

    void remove(JsonPath path) {
        Node parent = unfold(path.legs().size() - 1, path);
        int index = index(parent, path.last());
        if (index < 0) {
            throw missing(path);
        }
        values(parent).remove(index);
        if (parent instanceof Members members) {
            members.keys.remove(index);
        }
    }

    /** Writes the document's text, escaped for the JSON string that holds it; where it ends. */
    int render(JsonBuffer out, int put, JsonDocument documents) {
        return render(out, put, documents, root);
    }

    private static int render(JsonBuffer out, int put, JsonDocument documents, Node node) {
        if (node instanceof Bytes bytes) {
            return documents.renderValue(out, put, bytes.in, bytes.type, bytes.at, bytes.limit);
        }
        List<byte[]> keys = node instanceof Members members ? members.keys : null;
        List<Node> values = values(node);
        int at = out.ascii(put, keys != null ? '{' : '[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                at = out.pair(at, ',', ' ');
            }
            if (keys != null) {
                at = out.quotedTwice(at, keys.get(i), 0, keys.get(i).length);
                at = out.pair(at, ':', ' ');
            }
            at = render(out, at, documents, values.get(i));
        }
        return out.ascii(at, keys != null ? '}' : ']');
    }

    /** The value to which so many legs of the path lead, unfolded with all on the way. */
    private Node unfold(int legs, JsonPath path) {
        root = unfolded(root);
        Node node = root;
        for (int i = 0; i < legs; i++) {
            int index = index(node, path.legs().get(i));
            if (index < 0) {
                throw missing(path);
            }
            Node child = unfolded(values(node).get(index));
            values(node).set(index, child);
            node = child;
        }
        return node;
    }

    private static int index(Node node, JsonPath.Leg leg) {
        if (node instanceof Members members && leg.key() != null) {
            byte[] key = leg.key().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < members.keys.size(); i++) {
                if (Arrays.equals(members.keys.get(i), key)) {
                    return i;
                }
            }
        } else if (node instanceof Elements elements && leg.key() == null && leg.index() < elements.values.size()) {
            return leg.index();
        }
        return -1;
    }

    private static List<Node> values(Node node) {
        if (node instanceof Members members) {
            return members.values;
        }
        if (node instanceof Elements elements) {
            return elements.values;
        }
        throw new IllegalArgumentException("a JSON change goes into a value that is neither object nor array");
    }

    private static IllegalArgumentException missing(JsonPath path) {
        return new IllegalArgumentException("a JSON change of " + path + ", which is not in the document before it");
    }

    private static Node document(byte[] in, int from, int to) {
        if (from >= to) {
            throw new IllegalArgumentException("an empty JSON document");
        }
        return new Bytes(in, in[from] & 0xff, from + 1, to);
    }

    private static Node unfolded(Node node) {
        if (!(node instanceof Bytes bytes) || bytes.type > JsonDocument.LARGE_ARRAY) {
            return node;
        }
        boolean large = (bytes.type & 1) != 0;
        boolean object = bytes.type <= JsonDocument.LARGE_OBJECT;
        int width = large ? 4 : 2;
        int base = bytes.at;
        int count = number(bytes, base, width);
        int entries = base + 2 * width;
        List<byte[]> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        int firstValue = entries + (object ? count * (width + 2) : 0);
        for (int i = 0; i < count; i++) {
            if (object) {
                int entry = entries + i * (width + 2);
                int start = base + number(bytes, entry, width);
                int length = number(bytes, entry + width, 2);
                check(bytes, start, length);
                keys.add(Arrays.copyOfRange(bytes.in, start, start + length));
            }
            int entry = firstValue + i * (width + 1);
            int type = number(bytes, entry, 1);
            int at = JsonDocument.inline(type, large) ? entry + 1 : base + number(bytes, entry + 1, width);
            values.add(new Bytes(bytes.in, type, at, bytes.limit));
        }
        return object ? new Members(keys, values) : new Elements(values);
    }

    private static int number(Bytes bytes, int at, int width) {
        check(bytes, at, width);
        long value = CellWriter.little(bytes.in, at, width);
        if (value > bytes.limit) {
            throw new IllegalArgumentException("JSON offset " + value);
        }
        return (int) value;
    }

    private static void check(Bytes bytes, int at, int length) {
        if (at < 0 || at > bytes.limit - length) {
            throw new IllegalArgumentException("JSON document ends early");
        }
    }

    private static int compare(byte[] a, byte[] b) {
        return a.length != b.length ? Integer.compare(a.length, b.length) : Arrays.compareUnsigned(a, b);
    }
}
