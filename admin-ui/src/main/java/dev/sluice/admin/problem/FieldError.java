package dev.sluice.admin.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field path in the request body, such as {@code pipelines[0].source}
 * @param message what is wrong and the fix
 */
public record FieldError(String field, String message) {}
