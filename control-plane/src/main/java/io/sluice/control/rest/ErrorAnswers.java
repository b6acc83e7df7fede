package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where errors become HTTP (census-api 2.2). Every error is a JSON object; 401 and 404 say no more than
 * clients expect; nothing ever shows a stack trace.
 */
public class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

    /** Body of an error that is about the request's contents. */
    @Schema(
            name = "Error",
            description = "What is wrong: a sentence for people, and every problem with its stable code")
    record Detailed(String status, String message, List<Problem> errors) {}

    /** Body of an error whose status code says it all. */
    @Schema(name = "StatusError", description = "The HTTP status code, as clients expect it")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Bare(int status, String message) {}

    @ServerExceptionMapper
    public Response apiException(ApiException refused) {
        int status = refused.httpStatus();
        return switch (status) {
            case 401 ->
                answer(status, new Bare(status, null))
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                        .build();
            case 404 -> answer(status, new Bare(status, notFound(refused))).build();
            case 403, 405 ->
                answer(status, new Bare(status, refused.getMessage())).build();
            default ->
                answer(status, new Detailed("error", refused.getMessage(), refused.problems()))
                        .build();
        };
    }

    /** That an id is unknown needs no words, and strict clients want none; that something is never there does. */
    private static String notFound(ApiException refused) {
        return refused.problems().getFirst().code().equals(ErrorCode.NOT_FOUND.name()) ? null : refused.getMessage();
    }

    /** What the framework refuses: unknown paths, unreadable path parameters, wrong methods. */
    @ServerExceptionMapper
    public Response refusedByFramework(WebApplicationException refused) {
        int status = refused.getResponse().getStatus();
        return switch (status) {
            case 404 -> answer(status, new Bare(status, null)).build();
            case 405 ->
                answer(status, new Bare(status, ErrorCode.METHOD_NOT_ALLOWED.remedy()))
                        .build();
            default ->
                status >= 500
                        ? internalError(refused)
                        : answer(status, new Bare(status, refused.getMessage())).build();
        };
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable bug) {
        return internalError(bug);
    }

    private static Response internalError(Throwable bug) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(bug, "internal error %s", reference);
        String message = "Internal error; reference " + reference;
        return answer(500, new Detailed("error", message, List.of(Problem.of(ErrorCode.INTERNAL_ERROR, "", message))))
                .build();
    }

    private static Response.ResponseBuilder answer(int status, Object body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
    }
}
