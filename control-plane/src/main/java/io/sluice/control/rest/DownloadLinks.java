package io.sluice.control.rest;

import io.sluice.control.config.ControlConfig;
import io.sluice.control.error.ApiException;
import io.sluice.control.records.RunRecords;
import io.sluice.support.secret.SecretSettings;
import io.sluice.support.secret.ServiceKey;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Addresses that open one tracking file for a while, signed: for buckets that give none of their own. */
@Singleton
public class DownloadLinks {
    private final ServiceKey key;
    private final Duration lifetime;
    private final Clock clock;

    public DownloadLinks(SecretSettings secret, ControlConfig config, Clock clock) {
        this.key = new ServiceKey(secret.key(), ServiceKey.DOWNLOADS);
        this.lifetime = config.exportLinkLifetime();
        this.clock = clock;
    }

    /** The address of a file. */
    String address(URI base, RunRecords.Asker asker, long runId, String name) {
        String owner = asker.organizationId() + "." + asker.workspaceId();
        String expires = Long.toString(clock.instant().plus(lifetime).getEpochSecond());
        return base.resolve("/api/v1/sync_runs/" + runId + "/records_files/" + name + "?for=" + owner + "&expires="
                        + expires + "&signature=" + key.sign(text(runId, name, owner, expires)))
                .toString();
    }

    /**
     * For whom an address was made.
     *
     * @throws ApiException 404 when it was not made here, or has expired
     */
    RunRecords.Asker asker(long runId, String name, String owner, String expires, String signature) {
        if (!key.signed(text(runId, name, owner, expires), signature)
                || Instant.ofEpochSecond(Long.parseLong(expires)).isBefore(clock.instant())) {
            throw ApiException.notFound("download", name);
        }
        int dot = owner.indexOf('.');
        return new RunRecords.Asker(Long.parseLong(owner.substring(dot + 1)), Long.parseLong(owner.substring(0, dot)));
    }

    private static String text(long runId, String name, String owner, String expires) {
        return runId + "|" + name + "|" + owner + "|" + expires;
    }
}
