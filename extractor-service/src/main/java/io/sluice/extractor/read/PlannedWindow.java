package io.sluice.extractor.read;

import io.sluice.connector.source.ReadWindow;
import io.sluice.contract.HighWaterMark;
import io.sluice.contract.HistoricalRecords;
import io.sluice.contract.RunPlan;
import java.util.Optional;

/** The rows a run's plan asks for, if not for all (BEH-20). */
final class PlannedWindow {

    private PlannedWindow() {}

    static Optional<ReadWindow> of(RunPlan plan) {
        HighWaterMark mark = plan.getHighWaterMark();
        return mark == null
                ? Optional.empty()
                : Optional.of(new ReadWindow(
                        mark.getColumn(),
                        Optional.ofNullable(mark.getFrom()),
                        mark.getOverlapSeconds(),
                        plan.getHistoricalRecords() == HistoricalRecords.SKIP));
    }
}
