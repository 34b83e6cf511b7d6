package dev.sluice.admin.problem;

import java.util.List;
import org.springframework.http.HttpStatus;

/** A request that cannot be done; its message and field errors are shown to the caller. */
public final class Refusal extends RuntimeException {
    private final HttpStatus status;
    private final transient List<FieldError> errors;

    private Refusal(HttpStatus status, String detail, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.errors = errors;
    }

    /** 404: there is no such thing. */
    public static Refusal notFound(String what, String name) {
        return new Refusal(HttpStatus.NOT_FOUND, "There is no " + what + " '" + name + "'", List.of());
    }

    /** 409: it clashes with what is there. */
    public static Refusal conflict(String detail, FieldError... errors) {
        return new Refusal(HttpStatus.CONFLICT, detail, List.of(errors));
    }

    /** 422: understood, but it must not be activated. */
    public static Refusal invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).field() + ": " + errors.get(0).message()
                : errors.size() + " fields are wrong";
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, detail, errors);
    }

    /** 400: the request itself is malformed. */
    public static Refusal badRequest(String detail) {
        return new Refusal(HttpStatus.BAD_REQUEST, detail, List.of());
    }

    /** 401: name or password is wrong. */
    public static Refusal unauthorized(String detail) {
        return new Refusal(HttpStatus.UNAUTHORIZED, detail, List.of());
    }

    /** 503: it would be possible if something else worked. */
    public static Refusal unavailable(String detail) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, detail, List.of());
    }

    public HttpStatus status() {
        return status;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
