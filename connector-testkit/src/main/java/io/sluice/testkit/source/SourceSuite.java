package io.sluice.testkit.source;

/** What every suite of sources stands on. */
interface SourceSuite {

    /** The running source. */
    SourceFixture fixture();
}
