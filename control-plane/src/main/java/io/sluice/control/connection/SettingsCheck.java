package io.sluice.control.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problem;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** From what a user typed to tested settings, with every problem of the form at once. */
public final class SettingsCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private SettingsCheck() {}

    /** The {@code credentials} of a request as raw values; empty when there are none. */
    public static Optional<Map<String, Object>> raw(FormReader form) {
        return form.object("credentials").map(credentials -> JSON.convertValue(credentials.copy(), OBJECT));
    }

    /** Notes what is wrong with credentials. */
    static void note(SettingsForm form, Credentials credentials, FormReader at, Problems problems) {
        if (credentials.read(form) instanceof SettingsForm.Invalid invalid) {
            note(invalid, at, problems);
        }
    }

    /** Notes what was found wrong with credentials. */
    public static void note(SettingsForm.Invalid invalid, FormReader at, Problems problems) {
        for (SettingsForm.Problem problem : invalid.problems()) {
            problems.add(
                    ErrorCode.INVALID_CREDENTIAL, at.place("credentials") + "." + problem.setting(), problem.message());
        }
    }

    /**
     * Tests credentials that are well formed.
     *
     * @throws ApiException when a step of the test fails: a connection that cannot work is not saved
     */
    static TestedSettings test(
            SettingsForm form, Credentials credentials, FormReader at, Function<Credentials, ConnectionTest> test) {
        return test(credentials.read(form), credentials, at, settings -> test.apply(credentials));
    }

    /**
     * Tests credentials that are well formed.
     *
     * @param reading what reading them gave
     * @throws ApiException when a step of the test fails: what cannot work is not saved
     */
    public static TestedSettings test(
            SettingsForm.Reading reading,
            Credentials credentials,
            FormReader at,
            Function<ConnectionSettings, ConnectionTest> test) {
        if (!(reading instanceof SettingsForm.Valid valid)) {
            throw new IllegalStateException("credentials are tested only when they are well formed");
        }
        ConnectionTest result = test.apply(valid.settings());
        result.failure().ifPresent(step -> {
            throw new ApiException(
                    ErrorCode.CONNECTION_FAILED.httpStatus(),
                    List.of(new Problem(
                            step.code().orElse(ErrorCode.CONNECTION_FAILED.name()),
                            at.place("credentials"),
                            "The connection test failed at \"" + step.step() + "\": "
                                    + step.message().orElse("no reason given"))));
        });
        return new TestedSettings(credentials, valid.settings().publicValues(), result);
    }
}
