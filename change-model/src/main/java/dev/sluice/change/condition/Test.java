package dev.sluice.change.condition;

/** A condition, or a part of one, that can be asked of a row. */
sealed interface Test {
    Truth of(RowImage row);

    record And(Test left, Test right) implements Test {
        @Override
        public Truth of(RowImage row) {
            Truth first = left.of(row);
            return first == Truth.FALSE ? first : first.and(right.of(row));
        }
    }

    record Or(Test left, Test right) implements Test {
        @Override
        public Truth of(RowImage row) {
            Truth first = left.of(row);
            return first == Truth.TRUE ? first : first.or(right.of(row));
        }
    }

    record Not(Test inner) implements Test {
        @Override
        public Truth of(RowImage row) {
            return inner.of(row).not();
        }
    }

    record IsNull(int column) implements Test {
        @Override
        public Truth of(RowImage row) {
            return Truth.of(row.find(column).isNull());
        }
    }

    record Compare(int column, Operator operator, Constant constant) implements Test {
        @Override
        public Truth of(RowImage row) {
            return row.find(column).isNull()
                    ? Truth.UNKNOWN
                    : Truth.of(operator.holds(constant.compare(row.bytes(), row.from(), row.to())));
        }
    }

    record Like(int column, LikePattern pattern) implements Test {
        @Override
        public Truth of(RowImage row) {
            return row.find(column).isNull() ? Truth.UNKNOWN : Truth.of(pattern.matches(row.text()));
        }
    }
}
