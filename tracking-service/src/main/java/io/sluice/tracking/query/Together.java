package io.sluice.tracking.query;

import io.sluice.bucket.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Asks storage many small questions at once: each takes microseconds in a folder and tens of milliseconds in an object store.
 * All queries of a process share one limit. Thread-safe.
 */
final class Together {
    private final Semaphore permits;

    Together(int atOnce) {
        this.permits = new Semaphore(atOnce);
    }

    /** A question about one thing. */
    interface Question<T, R> {
        R ask(T about) throws StorageException;
    }

    /**
     * The answers, in the order of the things.
     *
     * @throws StorageException the first that a question ended with
     */
    <T, R> List<R> ask(List<T> things, Question<T, R> question) throws StorageException {
        List<R> answers = new ArrayList<>(things.size());
        if (things.size() == 1) {
            answers.add(question.ask(things.getFirst()));
            return answers;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> asked = new ArrayList<>(things.size());
            for (T thing : things) {
                Callable<R> one = () -> permitted(thing, question);
                asked.add(threads.submit(one));
            }
            try {
                for (Future<R> answer : asked) {
                    answers.add(answer.get());
                }
            } catch (ExecutionException failed) {
                threads.shutdownNow();
                switch (failed.getCause()) {
                    case StorageException unavailable -> throw unavailable;
                    case RuntimeException bug -> throw bug;
                    default -> throw new IllegalStateException(failed.getCause());
                }
            } catch (InterruptedException stopped) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while reading", stopped);
            }
        }
        return answers;
    }

    private <T, R> R permitted(T thing, Question<T, R> question) throws StorageException, InterruptedException {
        permits.acquire();
        try {
            return question.ask(thing);
        } finally {
            permits.release();
        }
    }
}
