package io.sluice.control.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Smooths out what existing clients send (census-api 2.5): doubled and trailing slashes, odd content types, an
 * {@code Accept} that nobody means; and answers {@code Connection: close} to those who say it.
 */
@Singleton
public class RequestNormalizer {
    private static final String API = "/api/v1";
    private static final int BEFORE_EVERYTHING = 1_000;
    private static final String JSON = "application/json";

    void register(@Observes Filters filters) {
        filters.register(RequestNormalizer::normalize, BEFORE_EVERYTHING);
    }

    private static void normalize(RoutingContext context) {
        HttpServerRequest request = context.request();
        if ("close".equalsIgnoreCase(request.getHeader(HttpHeaders.CONNECTION))) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        String path = request.path();
        if (path == null || !path.startsWith("/")) {
            context.next();
            return;
        }
        String plain = plain(path);
        if (plain.startsWith(API)) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, JSON).set(HttpHeaders.ACCEPT, JSON);
            if (!plain.equals(path)) {
                String query = request.query();
                context.reroute(query == null ? plain : plain + "?" + query);
                return;
            }
        }
        context.next();
    }

    static String plain(String path) {
        String single = path.replaceAll("/{2,}", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }
}
