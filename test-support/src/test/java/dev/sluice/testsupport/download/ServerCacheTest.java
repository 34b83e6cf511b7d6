package dev.sluice.testsupport.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCacheTest {
    @TempDir
    Path root;

    @Test
    void manyThreadsMakeAnEntryOnce() throws Exception {
        ServerCache cache = new ServerCache(root);
        AtomicInteger made = new AtomicInteger();
        List<Callable<String>> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(() -> Files.readString(cache.entry("thing", (directory, lasting) -> {
                        made.incrementAndGet();
                        Files.writeString(directory.resolve("file"), lasting.toString());
                    })
                    .resolve("file")));
        }
        var pool = Executors.newFixedThreadPool(8);
        try {
            for (var answer : pool.invokeAll(askers)) {
                assertThat(answer.get()).isEqualTo(root.resolve("thing").toString());
            }
        } finally {
            pool.shutdown();
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void aRecipeThatFailsLeavesNoEntry() throws Exception {
        ServerCache cache = new ServerCache(root);
        assertThatThrownBy(() -> cache.entry("thing", (directory, lasting) -> {
                    Files.writeString(directory.resolve("half"), "x");
                    throw new IOException("the line is down");
                }))
                .hasMessage("the line is down");
        assertThat(root.resolve("thing")).doesNotExist();
        assertThat(cache.entry("thing", (directory, lasting) -> {})).isEmptyDirectory();
    }
}
