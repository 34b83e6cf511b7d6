package dev.sluice.change.condition;

import java.util.function.Consumer;

/** A condition, or a part of one, before it is known what its columns hold. */
sealed interface Term {
    void columns(Consumer<String> names);

    Test bind(TableColumns table);

    record And(Term left, Term right) implements Term {
        @Override
        public void columns(Consumer<String> names) {
            left.columns(names);
            right.columns(names);
        }

        @Override
        public Test bind(TableColumns table) {
            return new Test.And(left.bind(table), right.bind(table));
        }
    }

    record Or(Term left, Term right) implements Term {
        @Override
        public void columns(Consumer<String> names) {
            left.columns(names);
            right.columns(names);
        }

        @Override
        public Test bind(TableColumns table) {
            return new Test.Or(left.bind(table), right.bind(table));
        }
    }

    record Not(Term inner) implements Term {
        @Override
        public void columns(Consumer<String> names) {
            inner.columns(names);
        }

        @Override
        public Test bind(TableColumns table) {
            return new Test.Not(inner.bind(table));
        }
    }

    record IsNull(String column) implements Term {
        @Override
        public void columns(Consumer<String> names) {
            names.accept(column);
        }

        @Override
        public Test bind(TableColumns table) {
            return new Test.IsNull(table.ordinal(column));
        }
    }

    record Compare(String column, Operator operator, Literal literal) implements Term {
        @Override
        public void columns(Consumer<String> names) {
            names.accept(column);
        }

        @Override
        public Test bind(TableColumns table) {
            return new Test.Compare(table.ordinal(column), operator, table.constant(column, literal));
        }
    }

    record Like(String column, LikePattern pattern) implements Term {
        @Override
        public void columns(Consumer<String> names) {
            names.accept(column);
        }

        @Override
        public Test bind(TableColumns table) {
            return new Test.Like(table.textOrdinal(column), pattern);
        }
    }
}
