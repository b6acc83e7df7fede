package io.sluice.control.connection;

import java.util.Optional;

/**
 * Whether what becomes of every record is logged into the source itself (WWB-1), and for how long (WWB-5).
 *
 * @param on whether runs are logged; only where the source keeps the state itself
 * @param retentionDays how many days a line is kept, as the user set it
 */
public record WritebackSettings(boolean on, Optional<Integer> retentionDays) {
    /** Of a source whose owner has said nothing. */
    public static final WritebackSettings OFF = new WritebackSettings(false, Optional.empty());

    private static final int USUAL_DAYS = 7;

    /** How many days a line is kept. */
    public int days() {
        return retentionDays.orElse(USUAL_DAYS);
    }
}
