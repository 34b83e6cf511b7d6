package dev.sluice.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The line of JSON that a benchmark prints; numbers are rounded to what they are worth. Not thread-safe. */
public final class Result {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Object> members = new LinkedHashMap<>();

    public Result(String benchmark) {
        members.put("benchmark", benchmark);
    }

    public Result with(String name, Object value) {
        members.put(name, value instanceof Double number ? rounded(number) : value);
        return this;
    }

    /** Three or more digits, never more than three behind the point. */
    static double rounded(double value) {
        double size = Math.abs(value);
        double unit = size >= 100 ? 1 : size >= 10 ? 10 : 1000;
        return Math.round(value * unit) / unit;
    }

    /** The line, with the facts of the machine at its end. */
    public String line() {
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put("machine", Machine.facts());
        return JSON.writeValueAsString(all);
    }

    public void print() {
        System.out.println(line());
    }
}
