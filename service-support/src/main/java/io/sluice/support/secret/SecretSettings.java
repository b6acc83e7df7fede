package io.sluice.support.secret;

import io.smallrye.config.ConfigMapping;

/** The key that protects connection settings, and that services know each other by. */
@ConfigMapping(prefix = "sluice.secret")
public interface SecretSettings {

    /**
     * 32 random bytes in Base64 ({@code openssl rand -base64 32}), the same for control-plane, extractor, loader and
     * tracking. To rotate, put the new key first and keep the old one behind a comma until every connection was saved again.
     */
    String key();
}
