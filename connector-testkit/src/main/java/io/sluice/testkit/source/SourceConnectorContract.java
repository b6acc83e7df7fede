package io.sluice.testkit.source;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The whole contract of a source. A connector's test extends this class and says how to start the source; nothing else.
 * Run it with a heap of at most 1 GiB: one test reads more than fits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SourceConnectorContract
        implements DiscoveryContract, PayloadContract, IdentifierContract, CompoundKeyContract, StreamingContract {

    private SourceFixture fixture;

    /** Starts the source. Called once for the class. */
    protected abstract SourceFixture startFixture() throws Exception;

    @Override
    public final SourceFixture fixture() {
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
