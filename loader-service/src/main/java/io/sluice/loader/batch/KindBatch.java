package io.sluice.loader.batch;

import io.sluice.contract.Operation;
import io.sluice.operation.OperationKind;
import java.util.List;

/** Operations of one kind that go into one destination call, in the order they were planned; at least one. */
public record KindBatch(OperationKind kind, List<Operation> operations) {}
