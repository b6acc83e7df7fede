package io.sluice.testkit.destination;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The whole contract of a destination. A connector's test extends this class and says how to start the destination;
 * nothing else.
 *
 * <p>Tests that need a claim the connector or its fixture denies are reported as skipped, with the claim's name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DestinationConnectorContract
        implements DescriptionContract,
                OperationContract,
                AnswerContract,
                ValueContract,
                WriteModeContract,
                LookupContract,
                RepetitionContract {

    private DestinationFixture fixture;

    /** Starts the destination. Called once for the class. */
    protected abstract DestinationFixture startFixture() throws Exception;

    @Override
    public final DestinationFixture fixture() {
        return fixture;
    }

    @BeforeAll
    final void startOnce() throws Exception {
        fixture = startFixture();
    }

    @AfterAll
    final void stopOnce() throws Exception {
        if (fixture != null) {
            fixture.close();
        }
    }
}
