package dev.sluice.admin.configuration;

import dev.sluice.admin.problem.FieldError;
import dev.sluice.admin.problem.Refusal;
import dev.sluice.change.config.Configuration;
import dev.sluice.change.config.ConfigurationProblem;
import dev.sluice.change.config.ConfigurationValidator;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * The configuration: what is current, and the one way to change it. The database is the truth; publishing follows.
 * Thread-safe, also against another admin service on the same database.
 */
@Service
public class Configurations {
    private static final Logger log = LoggerFactory.getLogger(Configurations.class);
    private static final int HISTORY = 200;

    private final ConfigurationRepository repository;
    private final ApplicationEventPublisher events;
    private final Clock clock = Clock.systemUTC();

    Configurations(ConfigurationRepository repository, ApplicationEventPublisher events) {
        this.repository = repository;
        this.events = events;
    }

    /** The newest version; {@link ConfigurationVersion#NONE} before the first change. */
    public ConfigurationVersion current() {
        return repository.newest().orElse(ConfigurationVersion.NONE);
    }

    /**
     * Activates the next version.
     *
     * @param edit who, and the version they started from
     * @param comment for the history
     * @param scope what the request is about
     * @param change from the current document to the next
     */
    public ConfigurationVersion change(Edit edit, String comment, Scope scope, UnaryOperator<Configuration> change) {
        return store(preview(edit, scope, change), edit.author(), comment);
    }

    /** What {@link #change} would activate; refused like there, but nothing is stored. */
    public Configuration preview(Edit edit, Scope scope, UnaryOperator<Configuration> change) {
        ConfigurationVersion before = current();
        Long expected = edit.expectedVersion();
        if (expected != null && expected != before.version()) {
            throw stale("The configuration is at version " + before.version() + ", not " + expected);
        }
        Configuration next = FormerPartitions.kept(before.document(), change.apply(before.document()))
                .asVersion(before.version() + 1);
        List<ConfigurationProblem> problems = ConfigurationValidator.problems(next);
        if (!problems.isEmpty()) {
            throw Refusal.invalid(problems.stream()
                    .map(problem -> new FieldError(scope.field(next, problem), problem.fix()))
                    .toList());
        }
        return next;
    }

    /** Activates what an older version said. */
    ConfigurationVersion rollback(Edit edit, long version) {
        Configuration old = repository
                .find(version)
                .orElseThrow(() -> Refusal.notFound("configuration version", String.valueOf(version)))
                .document();
        return change(edit, "roll back to version " + version, new Scope.Whole(), current -> Rollback.to(old, current));
    }

    List<HistoryEntry> history() {
        return repository.history(HISTORY);
    }

    /** Stores a document that is valid and tells the publisher. */
    ConfigurationVersion store(Configuration document, String author, String comment) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ConfigurationVersion version = new ConfigurationVersion(document, author, comment, now);
        try {
            repository.insert(version);
        } catch (DuplicateKeyException e) {
            throw stale("Somebody else activated version " + document.version() + " just now");
        }
        log.info("configuration version {} activated by {}: {}", version.version(), author, comment);
        events.publishEvent(new ConfigurationActivated(version.version()));
        return version;
    }

    private static Refusal stale(String what) {
        return Refusal.conflict(what + "; read it again and repeat the change");
    }
}
