package dev.sluice.change.expression;

import dev.sluice.change.message.LineBuffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Functions of text: each writes what it takes and then works on that, at the end of the buffer. */
final class TextFunctions {
    /** Changes the text from {@code start} to the buffer's end. */
    @FunctionalInterface
    private interface Edit {
        void apply(LineBuffer out, int start);
    }

    private TextFunctions() {}

    static TextValue concat(List<TextValue> parts) {
        long longest = parts.stream().mapToLong(TextValue::longest).sum();
        return TextValue.of(longest, (row, out) -> {
            int start = out.length();
            for (TextValue part : parts) {
                if (!part.writer().append(row, out)) {
                    out.truncate(start);
                    return false;
                }
                TextValue.requireRoom(out.length());
            }
            return true;
        });
    }

    /** Those that are not NULL, with a separator between them. */
    static TextValue concat(TextValue separator, List<TextValue> parts) {
        long longest =
                parts.stream().mapToLong(TextValue::longest).sum() + (long) separator.longest() * (parts.size() - 1);
        return TextValue.of(longest, (row, out) -> {
            int start = out.length();
            if (!separator.writer().append(row, out)) {
                return false;
            }
            out.truncate(start);
            boolean first = true;
            for (TextValue part : parts) {
                int joint = out.length();
                if (!first) {
                    separator.writer().append(row, out);
                }
                if (part.writer().append(row, out)) {
                    first = false;
                } else {
                    out.truncate(joint);
                }
                TextValue.requireRoom(out.length());
            }
            return true;
        });
    }

    /** Georgian has capitals since Unicode 11 only, and no use for them in a single word. */
    static int upper(int character) {
        boolean georgian = character >= 0x10d0 && character <= 0x10ff;
        return georgian ? character : Character.toUpperCase(character);
    }

    static int lower(int character) {
        boolean georgian = character >= 0x1c90 && character <= 0x1cbf;
        return georgian ? character : Character.toLowerCase(character);
    }

    /** Each character for itself, so that none becomes two. */
    static TextValue mapped(TextValue text, IntUnaryOperator map) {
        return edited(text, text.longest(), (out, start) -> {
            byte[] bytes = out.array();
            int i = start;
            while (i < out.length() && bytes[i] >= 0) {
                bytes[i] = (byte) map.applyAsInt(bytes[i]);
                i++;
            }
            if (i < out.length()) {
                StringBuilder rest = new StringBuilder(out.length() - i);
                Utf8.text(bytes, i, out.length()).codePoints().map(map).forEach(rest::appendCodePoint);
                out.truncate(i);
                out.put(rest.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    static TextValue trimmed(TextValue text, boolean left, boolean right) {
        return edited(text, text.longest(), (out, start) -> {
            int from = start;
            int to = out.length();
            while (left && from < to && out.array()[from] == ' ') {
                from++;
            }
            while (right && to > from && out.array()[to - 1] == ' ') {
                to--;
            }
            keep(out, start, from, to);
        });
    }

    /** Characters from the {@code from}-th on, counted from 1, or from the end if negative. */
    static TextValue part(TextValue text, int from, int length) {
        return edited(text, Math.max(0, Math.min(length, text.longest())), (out, start) -> {
            int characters =
                    from > 0 && length == Integer.MAX_VALUE ? 0 : Utf8.length(out.array(), start, out.length());
            int first = from > 0 ? from - 1 : characters + from;
            if (from == 0 || first < 0 || length < 1) {
                out.truncate(start);
                return;
            }
            int begin = Utf8.skip(out.array(), start, out.length(), first);
            keep(out, start, begin, Utf8.skip(out.array(), begin, out.length(), length));
        });
    }

    static TextValue end(TextValue text, int length) {
        return edited(text, Math.min(length, text.longest()), (out, start) -> {
            int characters = Utf8.length(out.array(), start, out.length());
            keep(
                    out,
                    start,
                    Utf8.skip(out.array(), start, out.length(), Math.max(0, characters - length)),
                    out.length());
        });
    }

    /** The first text with the second replaced by the third wherever it is; case matters. */
    static TextValue replaced(List<TextValue> texts) {
        long times = Math.max(1, texts.get(2).longest());
        return TextValue.of(texts.get(0).longest() * times, (row, out) -> {
            int start = out.length();
            if (!texts.get(0).writer().append(row, out)) {
                return false;
            }
            int second = out.length();
            boolean present = texts.get(1).writer().append(row, out);
            int third = out.length();
            present = present && texts.get(2).writer().append(row, out);
            if (!present) {
                out.truncate(start);
                return false;
            }
            String text = Utf8.text(out.array(), start, second);
            String old = Utf8.text(out.array(), second, third);
            String fresh = Utf8.text(out.array(), third, out.length());
            out.truncate(start);
            replace(out, text, old, fresh);
            return true;
        });
    }

    private static void replace(LineBuffer out, String text, String old, String fresh) {
        byte[] between = fresh.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        for (int at = old.isEmpty() ? -1 : text.indexOf(old); at >= 0; at = text.indexOf(old, from)) {
            TextValue.requireRoom((long) out.length() + between.length);
            out.put(text.substring(from, at).getBytes(StandardCharsets.UTF_8)).put(between);
            from = at + old.length();
        }
        out.put(text.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    /** Exactly so many characters: cut at the right, or filled up. */
    static TextValue padded(TextValue text, int length, Formula with, boolean left) {
        String pad = with instanceof Formula.Text literal ? literal.text() : " ";
        int each = pad.codePointCount(0, pad.length());
        byte[] padding = pad.repeat(length / each + 1).getBytes(StandardCharsets.UTF_8);
        return edited(text, length, (out, start) -> {
            int missing = length - Utf8.length(out.array(), start, out.length());
            if (missing <= 0) {
                out.truncate(Utf8.skip(out.array(), start, out.length(), length));
                return;
            }
            int bytes = Utf8.skip(padding, 0, padding.length, missing);
            int old = out.length() - start;
            out.put(padding, 0, bytes);
            if (left) {
                System.arraycopy(out.array(), start, out.array(), start + bytes, old);
                System.arraycopy(padding, 0, out.array(), start, bytes);
            }
        });
    }

    static NumberValue length(TextValue text) {
        LineBuffer made = new LineBuffer(128);
        return new NumberValue(10, 0, row -> {
            made.clear();
            return text.writer().append(row, made)
                    ? BigDecimal.valueOf(Utf8.length(made.array(), 0, made.length()))
                    : null;
        });
    }

    private static TextValue edited(TextValue text, int longest, Edit edit) {
        return TextValue.of(longest, (row, out) -> {
            int start = out.length();
            boolean present = text.writer().append(row, out);
            if (present) {
                edit.apply(out, start);
            }
            return present;
        });
    }

    /** Moves what stays to the start. */
    private static void keep(LineBuffer out, int start, int from, int to) {
        if (from > start) {
            System.arraycopy(out.array(), from, out.array(), start, to - from);
        }
        out.truncate(start + to - from);
    }
}
