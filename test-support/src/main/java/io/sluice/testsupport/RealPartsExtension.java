package io.sluice.testsupport;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Serves {@link RealParts}. */
final class RealPartsExtension implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
        RealParts wanted = context.getRequiredTestClass().getAnnotation(RealParts.class);
        if (wanted == null) {
            return;
        }
        List<CompletableFuture<?>> starting = Arrays.stream(wanted.value())
                .<CompletableFuture<?>>map(part -> CompletableFuture.supplyAsync(() -> start(part)))
                .toList();
        starting.forEach(CompletableFuture::join);
    }

    private static Object start(RealParts.Part part) {
        return switch (part) {
            case KAFKA -> Parts.kafka();
            case POSTGRES -> Parts.postgres();
            case REGISTRY -> Parts.registry();
        };
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaPart.class || type == PostgresPart.class || type == RegistryPart.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == KafkaPart.class) {
            return Parts.kafka();
        }
        return type == PostgresPart.class ? Parts.postgres() : Parts.registry();
    }
}
