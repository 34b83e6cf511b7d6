package dev.sluice.change.condition;

import dev.sluice.change.message.Column;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of a table as conditions name them; names compare without case. */
record TableColumns(List<Column> columns) {
    int ordinal(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new InvalidCondition("there is no column '" + name + "'; there are "
                + columns.stream().map(Column::name).collect(Collectors.joining(", ")));
    }

    /** The ordinal of a column that holds text. */
    int textOrdinal(String name) {
        int ordinal = ordinal(name);
        Column column = columns.get(ordinal);
        if (!column.textual()) {
            throw new InvalidCondition("column " + column.name() + " is " + column.type() + ", and LIKE is for text");
        }
        return ordinal;
    }

    /** A literal as it is compared with a column's cells. */
    Constant constant(String name, Literal literal) {
        Column column = columns.get(ordinal(name));
        String base = column.baseType();
        boolean number =
                switch (base) {
                    case "tinyint",
                            "smallint",
                            "mediumint",
                            "int",
                            "bigint",
                            "decimal",
                            "float",
                            "double",
                            "bit",
                            "year" -> true;
                    default -> false;
                };
        if (number) {
            require(literal.number(), column, "a number", "100");
            return Constant.number(literal.text());
        }
        if (column.textual()) {
            require(!literal.number(), column, "text in quotes", "'" + literal.text() + "'");
            return Constant.text(literal.text());
        }
        return switch (base) {
            case "date", "datetime", "timestamp" -> {
                require(
                        !literal.number() && Constant.isMoment(literal.text()),
                        column,
                        "a time in quotes",
                        "'2026-11-21' or '2026-11-21 09:30:00'");
                yield Constant.moment(literal.text());
            }
            case "time" -> {
                require(
                        !literal.number() && Constant.isDuration(literal.text()),
                        column,
                        "a time of day in quotes",
                        "'09:30:00'");
                yield Constant.duration(literal.text());
            }
            default ->
                throw new InvalidCondition("column " + column.name() + " is " + column.type()
                        + ", which can only be asked whether it is null");
        };
    }

    private static void require(boolean fits, Column column, String what, String example) {
        if (!fits) {
            throw new InvalidCondition("column " + column.name() + " is " + column.type() + "; compare it with " + what
                    + ", such as " + example);
        }
    }
}
