package io.sluice.support.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ApiExceptionBuilder;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BoundedRegistryClientTest {
    private static final String SCHEMA = "the schema";
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Long enough for the question to have been asked on any machine: a call that never began would not count. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final AtomicInteger asked = new AtomicInteger();

    /** What the registry does when it is asked for the n-th time, from 1. */
    @FunctionalInterface
    private interface Behavior {
        String answer(int time) throws ApiException;
    }

    private RegistryClientFacade registry(Behavior behavior, Duration... patience) {
        RegistryClientFacade real = (RegistryClientFacade) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RegistryClientFacade.class},
                (proxy, method, arguments) -> behavior.answer(asked.incrementAndGet()));
        return BoundedRegistryClient.over(real, List.of(patience));
    }

    @Test
    @DisplayName("An answer that got lost is asked for again")
    void aLostAnswer() {
        RegistryClientFacade client = registry(time -> time == 1 ? silence() : SCHEMA, SHORT, LONG);
        assertThat(client.getSchemaByContentId(1L)).isEqualTo(SCHEMA);
        assertThat(asked).hasValue(2);
    }

    @Test
    @DisplayName("Two services that register a schema in the same moment both get its id")
    void aConflict() {
        RegistryClientFacade client = registry(
                time -> {
                    if (time == 1) {
                        throw answer(409);
                    }
                    return SCHEMA;
                },
                LONG,
                LONG);
        assertThat(client.getSchemaByContentId(1L)).isEqualTo(SCHEMA);
    }

    @Test
    @DisplayName("A connection that broke is replaced")
    void aBrokenConnection() {
        RegistryClientFacade client = registry(
                time -> {
                    if (time == 1) {
                        throw new IllegalStateException(new IOException("header parser received no bytes"));
                    }
                    return SCHEMA;
                },
                LONG,
                LONG);
        assertThat(client.getSchemaByContentId(1L)).isEqualTo(SCHEMA);
    }

    @Test
    @DisplayName("A question whose answer will not change is asked once")
    void aRefusal() {
        RegistryClientFacade client = registry(
                time -> {
                    throw answer(404);
                },
                LONG,
                LONG);
        assertThatThrownBy(() -> client.getSchemaByContentId(1L))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.getResponseStatusCode())
                        .isEqualTo(404));
        assertThat(asked).hasValue(1);
    }

    @Test
    @DisplayName("A registry that stays silent is trouble, and the failure shows what was waited for")
    void silentForGood() {
        RegistryClientFacade client = registry(time -> silence(), SHORT);
        assertThatThrownBy(() -> client.getSchemaByContentId(1L))
                .hasMessageContaining("did not answer getSchemaByContentId")
                .hasCauseInstanceOf(TimeoutException.class)
                .matches(PoisonCheck::isTrouble)
                .satisfies(failure -> assertThat(failure.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("silence")));
    }

    private static String silence() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
        return "too late";
    }

    private static ApiException answer(int status) {
        return new ApiExceptionBuilder()
                .withMessage("what the registry said")
                .withResponseStatusCode(status)
                .build();
    }
}
