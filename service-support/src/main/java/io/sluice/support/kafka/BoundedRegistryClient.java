package io.sluice.support.kafka;

import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryClientFacadeFactory;
import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A registry client whose calls end. The client of Apicurio waits without limit for an answer; one that got lost stopped a
 * consumer for good. Here a call that takes longer fails, and the schema resolver asks again.
 */
final class BoundedRegistryClient implements InvocationHandler {
    /** A registry that has just started on a busy machine takes several seconds for its first answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RegistryClientFacade registry;

    private BoundedRegistryClient(RegistryClientFacade registry) {
        this.registry = registry;
    }

    /** A client made from the settings of {@link SchemaResolverConfig}; thread-safe. */
    static RegistryClientFacade create(Map<String, Object> config) {
        RegistryClientFacade registry = RegistryClientFacadeFactory.create(new SchemaResolverConfig(config));
        return (RegistryClientFacade) Proxy.newProxyInstance(
                RegistryClientFacade.class.getClassLoader(),
                new Class<?>[] {RegistryClientFacade.class},
                new BoundedRegistryClient(registry));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        FutureTask<Object> call = new FutureTask<>(() -> method.invoke(registry, arguments));
        Thread.ofVirtual().name("registry-call").start(call);
        try {
            return call.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : failed.getCause();
        } catch (TimeoutException silent) {
            call.cancel(true);
            throw new IllegalStateException(
                    "The schema registry did not answer " + method.getName() + " within " + PATIENCE.toSeconds() + " s",
                    silent);
        } catch (InterruptedException interrupted) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the schema registry", interrupted);
        }
    }
}
