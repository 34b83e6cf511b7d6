package dev.sluice.ddl.translation;

import dev.sluice.ddl.TableName;

/** How the names of a statement are spelled at a target. */
public interface Names {
    /** Names as the statement has them. */
    Names SAME = new Names() {
        @Override
        public TableName table(TableName name) {
            return name;
        }

        @Override
        public String column(TableName table, String name) {
            return name;
        }
    };

    TableName table(TableName name);

    /** Of a column that the table has. */
    String column(TableName table, String name);
}
