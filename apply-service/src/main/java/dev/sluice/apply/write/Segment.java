package dev.sluice.apply.write;

import dev.sluice.apply.sql.TableStatements;
import dev.sluice.sink.batch.Row;
import java.util.List;

/** Rows of one target table, in order, that share their statements. */
record Segment(TableStatements table, List<Row> rows) {}
