package io.sluice.control.config;

import io.quarkus.runtime.StartupEvent;
import io.sluice.control.catalog.Refreshes;
import io.sluice.control.workspace.ApiToken;
import io.sluice.control.workspace.Workspaces;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** What has to be in order before the first request: the first workspace, and jobs an earlier process left behind. */
@Singleton
public class Startup {
    private static final Logger LOG = Logger.getLogger(Startup.class);

    private final BootstrapConfig bootstrap;
    private final Workspaces workspaces;
    private final Refreshes refreshes;

    public Startup(BootstrapConfig bootstrap, Workspaces workspaces, Refreshes refreshes) {
        this.bootstrap = bootstrap;
        this.workspaces = workspaces;
        this.refreshes = refreshes;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        workspaces.bootstrap(bootstrap.apiKey().map(ApiToken::of).filter(token -> !token.isEmpty()));
        refreshes.endAbandoned();
        if (bootstrap.apiKey().isEmpty()) {
            LOG.info("sluice.bootstrap.api-key is not set: only keys that already exist open the API");
        }
    }
}
