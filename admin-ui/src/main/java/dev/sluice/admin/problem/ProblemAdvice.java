package dev.sluice.admin.problem;

import dev.sluice.change.config.ConfigurationProblem;
import dev.sluice.change.config.JsonProblem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;

/** Turns what went wrong in a request into a problem document; what Spring raises itself is left to Spring. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        return answer(refusal.status(), Objects.requireNonNullElse(refusal.getMessage(), ""), refusal.errors());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException unreadable) {
        JacksonException failure = jacksonFailure(unreadable);
        if (failure == null) {
            return answer(HttpStatus.BAD_REQUEST, "The request needs a JSON body", List.of());
        }
        ConfigurationProblem problem = JsonProblem.of(failure);
        String detail = problem.field().isEmpty() ? problem.fix() : problem.field() + ": " + problem.fix();
        return answer(HttpStatus.BAD_REQUEST, detail, List.of(new FieldError(problem.field(), problem.fix())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> databaseFailed(DataAccessException failure) {
        log.error("the admin database refused a statement", failure);
        return answer(HttpStatus.SERVICE_UNAVAILABLE, "The admin database does not answer; see the log", List.of());
    }

    private static @Nullable JacksonException jacksonFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException jackson) {
                return jackson;
            }
        }
        return null;
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, String detail, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return ResponseEntity.status(status).body(problem);
    }
}
