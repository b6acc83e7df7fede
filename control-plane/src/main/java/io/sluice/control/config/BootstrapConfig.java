package io.sluice.control.config;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How a new installation gets its first workspace and keys. */
@ConfigMapping(prefix = "sluice.bootstrap")
public interface BootstrapConfig {

    /**
     * API key of the first workspace ({@code secret-token:} and at least 20 letters and digits). At every start the key is
     * added to the first workspace if nobody has it yet; organization and workspace are made when there are none.
     */
    Optional<String> apiKey();

    /** Personal access token of the organization admin, who may list and make workspaces and read their keys. */
    Optional<String> adminToken();
}
