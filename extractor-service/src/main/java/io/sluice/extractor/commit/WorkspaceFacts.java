package io.sluice.extractor.commit;

import io.sluice.connector.source.Facts;
import io.sluice.contract.DestinationFact;
import io.sluice.contract.DestinationObjectFact;
import io.sluice.contract.FactTables;
import io.sluice.contract.SourceObjectFact;

/**
 * What of an organization's facts a source of one workspace is told. A source is read by people of its own workspace; what
 * others have is not their business.
 */
public final class WorkspaceFacts {

    private WorkspaceFacts() {}

    /** The facts of one workspace, deleted objects included (FCT-8). */
    public static Facts of(FactTables tables, long workspaceId) {
        return new Facts(
                tables.getTakenAt(),
                tables.getSourceObjects().stream()
                        .filter(object -> object.getWorkspaceId() == workspaceId)
                        .map(WorkspaceFacts::row)
                        .toList(),
                tables.getDestinations().stream()
                        .filter(destination -> destination.getWorkspaceId() == workspaceId)
                        .map(WorkspaceFacts::row)
                        .toList(),
                tables.getDestinationObjects().stream()
                        .filter(object -> object.getWorkspaceId() == workspaceId)
                        .map(WorkspaceFacts::row)
                        .toList());
    }

    private static Facts.SourceObject row(SourceObjectFact object) {
        return new Facts.SourceObject(
                object.getId(),
                object.getType(),
                object.getName(),
                object.getModelId(),
                object.getBusinessObjectId(),
                object.getFilterSegmentId(),
                object.getCohortId());
    }

    private static Facts.Named row(DestinationFact destination) {
        return new Facts.Named(destination.getId(), destination.getType(), destination.getName());
    }

    private static Facts.Named row(DestinationObjectFact object) {
        return new Facts.Named(object.getId(), object.getType(), object.getName());
    }
}
