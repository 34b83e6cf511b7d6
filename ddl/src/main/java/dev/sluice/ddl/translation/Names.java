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
        public String schema(String name) {
            return name;
        }

        @Override
        public String column(TableName table, String name) {
            return name;
        }
    };

    /** Of a table that is there; one that is not keeps its own name in the schema as it is spelled. */
    TableName table(TableName name);

    String schema(String name);

    /** Of a column that the table has. */
    String column(TableName table, String name);
}
