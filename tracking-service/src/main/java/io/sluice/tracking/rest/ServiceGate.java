package io.sluice.tracking.rest;

import io.sluice.support.secret.SecretSettings;
import io.sluice.support.secret.ServiceKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets in services that know the installation's key, and nobody else. Every resource of this service is behind it. Not a
 * singleton: filters are put in place before the configuration can be read, so this one is made at the first request.
 */
@ApplicationScoped
public class ServiceGate {
    private final ServiceKey key;

    public ServiceGate(SecretSettings secret) {
        this.key = new ServiceKey(secret.key(), ServiceKey.TRACKING);
    }

    @ServerRequestFilter(preMatching = true)
    public Response check(ContainerRequestContext request) {
        return key.accepts(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                ? null
                : Response.status(Response.Status.UNAUTHORIZED)
                        .entity(Map.of("code", "UNAUTHORIZED"))
                        .build();
    }
}
