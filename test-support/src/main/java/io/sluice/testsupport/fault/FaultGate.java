package io.sluice.testsupport.fault;

/** The fault of the moment, where pumps wait while nothing may move. */
final class FaultGate {
    private Fault fault = new Fault.Pass();
    private long left;
    private Runnable then;

    synchronized Fault fault() {
        return fault;
    }

    synchronized void set(Fault next) {
        fault = next;
        notifyAll();
    }

    /** Once so many bytes have passed, {@code then} runs on a thread of its own. */
    synchronized void after(long bytes, Runnable next) {
        left = bytes;
        then = next;
    }

    /** So many bytes are about to pass. */
    synchronized void count(int bytes) {
        if (then != null) {
            left -= bytes;
            if (left <= 0) {
                Thread.ofVirtual().name("fault-proxy-then").start(then);
                then = null;
            }
        }
    }

    /** Waits while connections are stalled; gives the fault that holds then. */
    synchronized Fault pass() throws InterruptedException {
        while (fault instanceof Fault.Stall) {
            wait();
        }
        return fault;
    }
}
