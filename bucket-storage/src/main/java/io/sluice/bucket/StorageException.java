package io.sluice.bucket;

import java.io.IOException;

/** The bucket did not do what was asked. Nothing is lost: the caller keeps its rows and tries again. */
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final StorageProblem problem;

    public StorageException(StorageProblem problem, String detail, Throwable cause) {
        super(problem.code() + ": " + detail + ". " + problem.remedy(), cause);
        this.problem = problem;
    }

    /** What is wrong. */
    public StorageProblem problem() {
        return problem;
    }
}
