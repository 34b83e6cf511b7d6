package dev.sluice.change.config;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of statements that change mapped tables at the source, by what they do; what is left out is ignored.
 *
 * @param create CREATE TABLE
 * @param alter ALTER TABLE
 * @param index CREATE INDEX and DROP INDEX
 * @param rename RENAME TABLE
 * @param drop DROP TABLE
 * @param truncate TRUNCATE TABLE
 * @param answers what the operator said about single statements
 */
public record DdlRules(
        Policy create, Policy alter, Policy index, Policy rename, Policy drop, Policy truncate, List<Answer> answers) {
    /** All statements are left to the operator. */
    public static final DdlRules IGNORE = of(Policy.IGNORE);

    /** What becomes of a statement. */
    public enum Policy {
        /** It runs at the target, once, behind all rows before it and before all rows behind it. */
        APPLY,
        /** The pipeline waits before it until the operator has answered. */
        ASK,
        /** The target goes without it. */
        IGNORE
    }

    /**
     * What the operator said about one statement.
     *
     * @param entry its number in the source log
     * @param apply whether it runs at the target
     */
    public record Answer(long entry, boolean apply) {}

    public DdlRules(
            @Nullable Policy create,
            @Nullable Policy alter,
            @Nullable Policy index,
            @Nullable Policy rename,
            @Nullable Policy drop,
            @Nullable Policy truncate,
            @Nullable List<Answer> answers) {
        this.create = orIgnore(create);
        this.alter = orIgnore(alter);
        this.index = orIgnore(index);
        this.rename = orIgnore(rename);
        this.drop = orIgnore(drop);
        this.truncate = orIgnore(truncate);
        this.answers = answers == null ? List.of() : List.copyOf(answers);
    }

    /** The same for all statements. */
    public static DdlRules of(Policy policy) {
        return new DdlRules(policy, policy, policy, policy, policy, policy, List.of());
    }

    /** The same with one more answer; only the latest are kept. */
    public DdlRules answered(Answer answer, int kept) {
        List<Answer> others =
                answers.stream().filter(each -> each.entry() != answer.entry()).toList();
        List<Answer> latest = others.subList(Math.max(0, others.size() - kept + 1), others.size());
        return withAnswers(Stream.concat(latest.stream(), Stream.of(answer)).toList());
    }

    /** The same with other answers. */
    public DdlRules withAnswers(List<Answer> others) {
        return new DdlRules(create, alter, index, rename, drop, truncate, others);
    }

    /**
     * What becomes of a statement of a kind, as a {@code ddl} line names it.
     *
     * @param entry its number in the source log, for the operator may have answered
     */
    public Policy of(@Nullable String kind, long entry) {
        for (Answer answer : answers) {
            if (answer.entry() == entry) {
                return answer.apply() ? Policy.APPLY : Policy.IGNORE;
            }
        }
        return switch (kind == null ? "" : kind) {
            case "create" -> create;
            case "alter" -> alter;
            case "index" -> index;
            case "rename" -> rename;
            case "drop" -> drop;
            case "truncate" -> truncate;
            // nobody knows what it does, so whoever wants to hear of any statement hears of it
            case "unknown" -> ignoresAll() ? Policy.IGNORE : Policy.ASK;
            default -> Policy.IGNORE;
        };
    }

    /** Whether the operator said of the statement at an entry that it is not to run. */
    public boolean ignores(long entry) {
        return answers.stream().anyMatch(answer -> answer.entry() == entry && !answer.apply());
    }

    /** Whether no statement ever runs at the target. */
    public boolean ignoresAll() {
        return List.of(create, alter, index, rename, drop, truncate).stream()
                .allMatch(policy -> policy == Policy.IGNORE);
    }

    private static Policy orIgnore(@Nullable Policy policy) {
        return policy == null ? Policy.IGNORE : policy;
    }
}
