package io.sluice.support.kafka;

import com.microsoft.kiota.ApiException;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryClientFacadeFactory;
import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry client whose calls end, and which asks again where asking again may help. The client of Apicurio waits without
 * limit for an answer; one that got lost stopped a consumer for good. And its schema resolver repeats a call only after an
 * answer 429: without this class one lost answer, or two services that register the same schema in the same moment (409 for
 * the later one), would fail what the first message of a topic was sent for. Every call is safe to repeat: a schema is
 * registered with {@code FIND_OR_CREATE_VERSION}, all others read.
 */
final class BoundedRegistryClient implements InvocationHandler {
    /** A registry that has just started on a busy machine takes several seconds for its first answer. */
    private static final List<Duration> PATIENCE =
            List.of(Duration.ofSeconds(6), Duration.ofSeconds(10), Duration.ofSeconds(15));

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;
    private static final Logger LOG = LoggerFactory.getLogger(BoundedRegistryClient.class);

    private final RegistryClientFacade registry;
    private final List<Duration> patience;

    private BoundedRegistryClient(RegistryClientFacade registry, List<Duration> patience) {
        this.registry = registry;
        this.patience = List.copyOf(patience);
    }

    /** A client made from the settings of {@link SchemaResolverConfig}; thread-safe. */
    static RegistryClientFacade create(Map<String, Object> config) {
        return over(RegistryClientFacadeFactory.create(new SchemaResolverConfig(config)), PATIENCE);
    }

    /** A client that asks this registry as often as there are durations, and waits so long each time. */
    static RegistryClientFacade over(RegistryClientFacade registry, List<Duration> patience) {
        return (RegistryClientFacade) Proxy.newProxyInstance(
                RegistryClientFacade.class.getClassLoader(),
                new Class<?>[] {RegistryClientFacade.class},
                new BoundedRegistryClient(registry, patience));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        for (int attempt = 0; attempt < patience.size() - 1; attempt++) {
            try {
                return ask(method, arguments, patience.get(attempt));
            } catch (RuntimeException failed) {
                if (!mayChange(failed)) {
                    throw failed;
                }
                if (failed instanceof SilentRegistry) {
                    // with its stack: what answers get lost in is not known
                    LOG.warn("The schema registry is asked again for {}", method.getName(), failed);
                } else {
                    LOG.warn("The schema registry is asked again for {}: {}", method.getName(), failed.toString());
                }
                pause(attempt);
            }
        }
        return ask(method, arguments, patience.getLast());
    }

    /**
     * Whether the same question may be answered another way: the answer got lost, the connection broke (a kept one that the
     * server closed meanwhile), another service was registering, or the server is in trouble.
     */
    private static boolean mayChange(RuntimeException failed) {
        return switch (failed) {
            case SilentRegistry silent -> true;
            case ApiException answer ->
                answer.getResponseStatusCode() == CONFLICT || answer.getResponseStatusCode() >= SERVER_ERROR;
            default -> failed.getCause() instanceof IOException;
        };
    }

    /** Two that got in each other's way do not come back in the same moment. */
    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toMillis()) * (attempt + 1));
        } catch (InterruptedException stopping) {
            throw interrupted(stopping);
        }
    }

    private Object ask(Method method, Object[] arguments, Duration limit) throws Throwable {
        FutureTask<Object> call = new FutureTask<>(() -> method.invoke(registry, arguments));
        Thread asking = Thread.ofPlatform().daemon().name("registry-call").start(call);
        try {
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : failed.getCause();
        } catch (TimeoutException silent) {
            SilentRegistry silence = new SilentRegistry(method, limit, silent);
            silence.setStackTrace(asking.getStackTrace());
            call.cancel(true);
            throw silence;
        } catch (InterruptedException stopping) {
            call.cancel(true);
            throw interrupted(stopping);
        }
    }

    private static IllegalStateException interrupted(InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while asking the schema registry", stopping);
    }

    /** No answer in time; its stack trace is that of the thread that waits for the answer. */
    private static final class SilentRegistry extends IllegalStateException {
        private static final long serialVersionUID = 1;

        SilentRegistry(Method method, Duration limit, TimeoutException cause) {
            super(
                    "The schema registry did not answer " + method.getName() + " within " + limit.toMillis() + " ms",
                    cause);
        }
    }
}
