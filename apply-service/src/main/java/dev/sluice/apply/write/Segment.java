package dev.sluice.apply.write;

import dev.sluice.apply.sql.TablePlan;
import dev.sluice.sink.batch.Row;
import java.util.List;

/** Rows of one target table, in order, that share a plan. */
record Segment(TablePlan plan, List<Row> rows) {}
