package io.sluice.control.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {
    private static final String KEY = "abcDEF123456789012345678";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer secret-token:" + KEY,
                "Bearer " + KEY,
                "bearer secret-token:secret-token:" + KEY,
                "  BEARER   secret-token:" + KEY + " "
            })
    void readsABearerTokenWithAndWithoutItsPrefix(String header) {
        assertThat(Authorization.token(header)).hasValueSatisfying(token -> assertThat(token.matches(ApiToken.of(KEY)))
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer:secret-token:" + KEY, "bearer:" + KEY, "Bearer:secret-token:" + KEY})
    void readsTheBasicPasswordAfterTheFirstColon(String pair) {
        assertThat(Authorization.token("Basic " + base64(pair)))
                .hasValueSatisfying(
                        token -> assertThat(token.matches(ApiToken.of(KEY))).isTrue());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer secret-token:",
                "Basic",
                "Basic !!!",
                "Digest x",
                "secret-token:x"
            })
    void whatCannotBeReadIsNoToken(String header) {
        assertThat(Authorization.token(header)).isEmpty();
    }

    @Test
    void anotherUserNameThanBearerIsNoToken() {
        assertThat(Authorization.token("Basic " + base64("admin:" + KEY))).isEmpty();
        assertThat(Authorization.token("Basic " + base64("bearer"))).isEmpty();
    }

    @Test
    void aGeneratedTokenHasThePrefixAndNeverPrints() {
        ApiToken token = ApiToken.generate(new SecureRandom());

        assertThat(token.reveal()).matches("secret-token:[A-Za-z0-9]{24}");
        assertThat(token).hasToString("***");
        assertThat(token.matches(ApiToken.generate(new SecureRandom()))).isFalse();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
