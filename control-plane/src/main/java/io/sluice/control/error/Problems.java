package io.sluice.control.error;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one request, so that it can be reported at once. Not thread-safe. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** Notes one problem. */
    public void add(ErrorCode code, String field, String message) {
        add(Problem.of(code, field, message));
    }

    /** Notes one problem that may carry a connector's own code; the same one is noted once. */
    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What was found, in the order it was found. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /** Ends the request with all problems, if there are any. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ApiException(ErrorCode.INVALID_VALUE.httpStatus(), found);
        }
    }
}
