package io.sluice.control.error;

import java.util.List;
import java.util.stream.Collectors;

/** Ends a request with an answer the caller can act on: never an internal error. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final transient List<Problem> problems;

    /** Several problems of one request. */
    public ApiException(int httpStatus, List<Problem> problems) {
        super(problems.stream().map(Problem::message).distinct().collect(Collectors.joining("; ")));
        this.httpStatus = httpStatus;
        this.problems = List.copyOf(problems);
    }

    /** One problem that concerns the request as a whole. */
    public ApiException(ErrorCode code, String message) {
        this(code, "", message);
    }

    /** One problem of one field. */
    public ApiException(ErrorCode code, String field, String message) {
        this(code.httpStatus(), List.of(Problem.of(code, field, message)));
    }

    /** What is asked for does not exist, at least not for this caller. */
    public static ApiException notFound(String what, Object id) {
        return new ApiException(ErrorCode.NOT_FOUND, "There is no " + what + " " + id + " in this workspace");
    }

    /** HTTP status of the answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** What is wrong, at least one entry. */
    public List<Problem> problems() {
        return problems;
    }
}
