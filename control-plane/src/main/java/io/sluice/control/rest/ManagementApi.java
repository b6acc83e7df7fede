package io.sluice.control.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** Head of the OpenAPI document. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sluice management API",
                        version = "v1",
                        description =
                                "Sources, destinations, syncs and sync runs. Every answer is JSON with a `status`;"
                                        + " collections come in pages (`page`, `per_page` up to 100, `order` asc or desc). Errors"
                                        + " name every problem with a stable code.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        security = {@SecurityRequirement(name = "bearer"), @SecurityRequirement(name = "basic")})
@SecurityScheme(
        securitySchemeName = "bearer",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "Workspace API key (secret-token:…)")
@SecurityScheme(
        securitySchemeName = "basic",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description = "User name: the word bearer; password: the workspace API key")
public class ManagementApi extends Application {}
