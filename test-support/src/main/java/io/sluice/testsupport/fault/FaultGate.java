package io.sluice.testsupport.fault;

/** The fault of the moment, where pumps wait while nothing may move. */
final class FaultGate {
    private Fault fault = new Fault.Pass();

    synchronized Fault fault() {
        return fault;
    }

    synchronized void set(Fault next) {
        fault = next;
        notifyAll();
    }

    /** Waits while connections are stalled; gives the fault that holds then. */
    synchronized Fault pass() throws InterruptedException {
        while (fault instanceof Fault.Stall) {
            wait();
        }
        return fault;
    }
}
