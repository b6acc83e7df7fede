package io.sluice.differ.diff;

import io.sluice.contract.DiffEnded;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.QuarantinedRecord;
import io.sluice.contract.RemovalVote;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunStarted;

/** Where a partition's results go. All of one message's results become visible together with its state. */
public interface DiffOutput {

    /** Opens the bracket downstream; once per run. */
    void runStarted(RunFacts run, RunStarted started);

    /** Operations for the loader. */
    void operations(RunFacts run, OperationBatch batch);

    /** Invalid rows, for tracking. */
    void invalid(RunFacts run, OutcomeBatch batch);

    /** Closes the differ's part of the bracket. */
    void diffEnded(RunFacts run, DiffEnded ended);

    /** What this partition would remove: tell all partitions, this one included. */
    void removalVote(RunFacts run, RemovalVote vote);

    /** Rows came without a payload that is needed: have the source read again. */
    void reread(RunFacts run, RereadRun request);

    /** The run is absorbed in this partition: tell the control plane. */
    void absorbed(RunProgress run, LoadEnded ended);

    /** A record is in quarantine, or is so for longer: tell the control plane. */
    void quarantined(QuarantinedRecord record);

    /** A record is in quarantine no longer: tell the control plane. */
    void leftQuarantine(long syncId, String identifier);

    /** Rows compared so far in this run, for the progress shown to people. */
    void progress(RunFacts run, long records);
}
