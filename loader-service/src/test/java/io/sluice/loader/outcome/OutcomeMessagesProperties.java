package io.sluice.loader.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Operation;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.PlannedOperation;
import io.sluice.loader.testing.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OutcomeMessagesProperties {

    @Property(tries = 100)
    void noMessageIsTooLongUnlessItsOnlyRecordIsAndNothingIsLost(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 400_000) Integer> sizes) throws Exception {
        List<Operation> operations = new ArrayList<>();
        List<FinalWord> words = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            String payload = "{\"id\":" + i + ",\"t\":\"" + "x".repeat(sizes.get(i)) + "\"}";
            operations.add(Plans.operation(PlannedOperation.UPSERT, "é" + i, payload));
            words.add(new FinalWord(i, OutcomeStatus.SUCCEEDED, null));
        }
        CallWords call = new CallWords(Instant.EPOCH, Instant.EPOCH.plusMillis(5), words);

        List<OutcomesEvent> messages = OutcomeMessages.of(3, call, operations);

        List<Outcome> all = new ArrayList<>();
        for (OutcomesEvent message : messages) {
            OutcomeBatch batch = (OutcomeBatch) message.getEvent();
            assertThat(batch.getBatchEndedAt()).isEqualTo(call.endedAt());
            assertThat(message.toByteBuffer().remaining()).isLessThan(1_000_000);
            all.addAll(batch.getOutcomes());
        }
        assertThat(all)
                .extracting(Outcome::getIdentifier)
                .containsExactlyElementsOf(
                        operations.stream().map(Operation::getIdentifier).toList());
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).getPayload()).isSameAs(operations.get(i).getPayload());
        }
    }
}
