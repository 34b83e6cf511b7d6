package dev.sluice.sink.order;

/** One of a pipeline's partitions, numbered from 0. */
public record Partition(String pipeline, int number) {
    @Override
    public String toString() {
        return pipeline + "." + number;
    }
}
