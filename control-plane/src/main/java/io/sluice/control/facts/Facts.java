package io.sluice.control.facts;

import java.time.Duration;
import java.util.List;

/** Where facts are kept. Every method is one transaction; what is published is written for the workers in it. */
public interface Facts {

    /** Reads and publishes the facts of an organization now. */
    void publish(long organizationId);

    /** The organizations whose facts were not published for that long; each is given to one caller only. */
    List<Long> takeDue(Duration age);
}
