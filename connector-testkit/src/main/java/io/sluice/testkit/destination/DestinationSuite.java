package io.sluice.testkit.destination;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.destination.DestinationObject;
import io.sluice.operation.OperationKind;
import io.sluice.operation.SyncBehavior;
import java.util.EnumSet;
import java.util.Set;

/** What every suite of destinations stands on. */
interface DestinationSuite {

    /** The running destination. */
    DestinationFixture fixture();

    /** The kinds of operations the object takes, by the behaviors it lists. */
    static Set<OperationKind> kindsOf(DestinationObject object) {
        Set<OperationKind> kinds = EnumSet.noneOf(OperationKind.class);
        for (SyncBehavior behavior : object.behaviors()) {
            switch (behavior) {
                case UPSERT -> kinds.add(OperationKind.UPSERT);
                case UPDATE -> kinds.add(OperationKind.UPDATE);
                case INSERT -> kinds.add(OperationKind.INSERT);
                case MIRROR -> kinds.addAll(EnumSet.of(OperationKind.UPSERT, OperationKind.DELETE));
                case APPEND -> kinds.add(OperationKind.APPEND);
                case DELETE -> kinds.add(OperationKind.DELETE);
            }
        }
        return kinds;
    }

    /** The kinds of operations the bench's object takes. */
    static Set<OperationKind> kinds(DestinationBench bench) throws Exception {
        return kindsOf(listed(bench));
    }

    /** The bench's object as the connector describes it. */
    static DestinationObject listed(DestinationBench bench) throws Exception {
        return bench.connection().objects().stream()
                .filter(object -> object.fullName().equals(bench.object().name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "objects() does not list " + bench.object().name()));
    }

    /** Skips the test unless the object takes that kind of operation. */
    static void needs(DestinationBench bench, OperationKind... needed) throws Exception {
        Set<OperationKind> kinds = kinds(bench);
        for (OperationKind kind : needed) {
            assumeTrue(kinds.contains(kind), "the object claims no " + kind.wireName());
        }
    }

    /** A kind that creates records and that the object takes. */
    static OperationKind creating(DestinationBench bench) throws Exception {
        Set<OperationKind> kinds = kinds(bench);
        for (OperationKind kind :
                new OperationKind[] {OperationKind.UPSERT, OperationKind.INSERT, OperationKind.APPEND}) {
            if (kinds.contains(kind)) {
                return kind;
            }
        }
        assumeTrue(false, "the object claims nothing that creates records");
        return OperationKind.UPSERT;
    }

    /** Skips the test unless the destination is of that nature. */
    default void needs(Trait trait) {
        assumeTrue(fixture().traits().contains(trait), "the destination denies " + trait);
    }
}
