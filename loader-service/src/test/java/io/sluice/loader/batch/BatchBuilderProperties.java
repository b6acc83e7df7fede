package io.sluice.loader.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Operation;
import io.sluice.contract.PlannedOperation;
import io.sluice.loader.testing.Plans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class BatchBuilderProperties {

    @Property
    void everyOperationGoesOnceInFullBatchesAndInOrderPerIdentifier(
            @ForAll("operations") List<Operation> operations,
            @ForAll @IntRange(min = 1, max = 10) int batchSize,
            @ForAll @IntRange(min = 1, max = 4) int batches) {
        BatchBuilder builder = new BatchBuilder(batchSize, batches, 1_000);
        List<List<KindBatch>> stretches = new ArrayList<>();
        for (Operation operation : operations) {
            if (!builder.offer(operation)) {
                stretches.add(builder.drain());
                assertThat(builder.offer(operation)).isTrue();
            }
        }
        stretches.add(builder.drain());
        assertThat(builder.isEmpty()).isTrue();

        for (List<KindBatch> stretch : stretches) {
            List<String> identifiers = stretch.stream()
                    .flatMap(batch -> batch.operations().stream())
                    .map(Operation::getIdentifier)
                    .toList();
            assertThat(new HashSet<>(identifiers)).hasSameSizeAs(identifiers);
            assertThat(identifiers).hasSizeLessThanOrEqualTo(batchSize * batches);
            for (KindBatch batch : stretch) {
                assertThat(batch.operations()).isNotEmpty().hasSizeLessThanOrEqualTo(batchSize);
                assertThat(batch.operations())
                        .allMatch(operation ->
                                operation.getKind().name().equals(batch.kind().name()));
            }
        }
        List<Operation> sent = stretches.stream()
                .flatMap(List::stream)
                .flatMap(batch -> batch.operations().stream())
                .toList();
        assertThat(sent).hasSameSizeAs(operations);
        assertThat(kindsPerIdentifier(sent)).isEqualTo(kindsPerIdentifier(operations));
    }

    @Property(tries = 50)
    void oneKindFillsItsBatches(@ForAll @IntRange(min = 1, max = 50) int batchSize) {
        BatchBuilder builder = new BatchBuilder(batchSize, 1, Long.MAX_VALUE);
        int taken = 0;
        while (builder.offer(Plans.upsert(Integer.toString(taken)))) {
            taken++;
        }
        assertThat(taken).isEqualTo(batchSize);
        assertThat(builder.drain()).singleElement().satisfies(batch -> assertThat(batch.operations())
                .hasSize(batchSize));
    }

    private static Map<String, List<PlannedOperation>> kindsPerIdentifier(List<Operation> operations) {
        Map<String, List<PlannedOperation>> kinds = new HashMap<>();
        for (Operation operation : operations) {
            kinds.computeIfAbsent(operation.getIdentifier(), none -> new ArrayList<>())
                    .add(operation.getKind());
        }
        return kinds;
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        Arbitrary<Operation> operation = Combinators.combine(
                        Arbitraries.of(PlannedOperation.class),
                        Arbitraries.integers().between(0, 30).map(i -> "id-" + i))
                .as((kind, identifier) -> Plans.operation(kind, identifier, "{\"id\":\"" + identifier + "\"}"));
        return operation.list().ofMaxSize(60);
    }
}
