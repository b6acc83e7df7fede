package io.sluice.control.rest;

import io.sluice.control.facts.FactService;
import io.sluice.control.workspace.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Fact tables on demand (FCT-2): an extension of the API. */
@Path("/api/v1/metadata_refresh")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Fact tables", description = "Source objects, destinations and destination objects as Parquet tables")
public class MetadataResource {
    private final CurrentCaller callers;
    private final FactService facts;

    public MetadataResource(CurrentCaller callers, FactService facts) {
        this.callers = callers;
        this.facts = facts;
    }

    @POST
    @ResponseStatus(202)
    @Operation(
            summary = "Write the fact tables now",
            description = "Otherwise they are written every six hours. The tables of the organization appear under"
                    + " metadata/{organization id}/ in its buckets and in the platform's storage soon after.")
    public Envelopes.Status refresh(@Context HttpHeaders headers) {
        long organizationId =
                switch (callers.any(headers)) {
                    case Caller.WorkspaceKey key -> key.organizationId();
                    case Caller.OrganizationAdmin admin -> admin.organizationId();
                };
        facts.refresh(organizationId);
        return new Envelopes.Status("accepted");
    }
}
