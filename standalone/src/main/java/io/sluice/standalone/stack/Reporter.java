package io.sluice.standalone.stack;

/** Where the stack tells what it does. Called from any thread. */
public interface Reporter {
    /** A step of starting or stopping began; of interest to a person who waits. */
    void step(String text);

    /** Something that a person may have to look at; the stack goes on. */
    void problem(String text);
}
