package io.sluice.control.config;

import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.control.bucket.BucketService;
import io.sluice.control.bucket.Buckets;
import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.DestinationItems;
import io.sluice.control.catalog.Refreshes;
import io.sluice.control.catalog.SourceItems;
import io.sluice.control.connection.Announcements;
import io.sluice.control.connection.ConnectorCalls;
import io.sluice.control.connection.DestinationService;
import io.sluice.control.connection.Destinations;
import io.sluice.control.connection.SourceService;
import io.sluice.control.connection.Sources;
import io.sluice.control.facts.FactService;
import io.sluice.control.facts.Facts;
import io.sluice.control.quarantine.QuarantineService;
import io.sluice.control.quarantine.QuarantinedRecords;
import io.sluice.control.records.HttpTracking;
import io.sluice.control.records.RunRecords;
import io.sluice.control.records.Tracking;
import io.sluice.control.run.SyncRun;
import io.sluice.control.run.SyncRuns;
import io.sluice.control.sync.SyncService;
import io.sluice.control.sync.Syncs;
import io.sluice.control.trigger.RunService;
import io.sluice.control.workspace.Workspaces;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.secret.SecretSettings;
import io.sluice.support.secret.ServiceKey;
import io.sluice.support.secret.SettingsCipher;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.OptionalLong;

/** Builds the plain Java core. The core itself knows no container. */
@Singleton
public class Wiring {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    SettingsCipher cipher(SecretSettings settings) {
        return new SettingsCipher(settings.key());
    }

    @Produces
    @Singleton
    KafkaClients kafkaClients(KafkaSettings settings) {
        return new KafkaClients(settings);
    }

    @Produces
    @Singleton
    ConnectorCatalog connectors() {
        return new ConnectorCatalog(Thread.currentThread().getContextClassLoader());
    }

    @Produces
    @Singleton
    ConnectorCalls connectorCalls(ConnectorCatalog connectors, ControlConfig config, Clock clock) {
        return new ConnectorCalls(connectors, config.connectorTimeout(), clock);
    }

    @Produces
    @Singleton
    Catalog catalog(
            Sources sources,
            Destinations destinations,
            SourceItems items,
            DestinationItems objects,
            Refreshes refreshes,
            ConnectorCalls calls,
            Clock clock) {
        return new Catalog(
                sources,
                destinations,
                items,
                objects,
                refreshes,
                calls,
                work -> Thread.ofVirtual().name("metadata-refresh").start(work),
                clock);
    }

    @Produces
    @Singleton
    SourceService sourceService(
            Sources sources, ConnectorCatalog connectors, ConnectorCalls calls, Announcements announcements) {
        return new SourceService(sources, connectors, calls, announcements);
    }

    @Produces
    @Singleton
    DestinationService destinationService(
            Destinations destinations, ConnectorCatalog connectors, ConnectorCalls calls, Announcements announcements) {
        return new DestinationService(destinations, connectors, calls, announcements);
    }

    @Produces
    @Singleton
    BucketService bucketService(
            Buckets buckets, ConnectorCalls calls, Announcements announcements, ControlConfig config) {
        return new BucketService(buckets, calls, announcements, config.bucketTimeout());
    }

    @Produces
    @Singleton
    FactService factService(Facts facts, Announcements announcements, ControlConfig config) {
        return new FactService(facts, announcements, config.factsInterval());
    }

    @Produces
    @Singleton
    SyncService syncService(
            Syncs syncs,
            Sources sources,
            Destinations destinations,
            SourceItems items,
            Catalog catalog,
            Announcements announcements,
            Clock clock) {
        return new SyncService(syncs, sources, destinations, items, catalog, announcements, clock);
    }

    @Produces
    @Singleton
    RunService runService(
            Workspaces workspaces,
            Sources sources,
            Destinations destinations,
            Catalog catalog,
            Syncs syncs,
            SyncRuns runs,
            Announcements announcements,
            KafkaSettings kafka,
            ControlConfig config,
            Clock clock) {
        return new RunService(
                workspaces,
                sources,
                destinations,
                catalog,
                syncs,
                runs,
                announcements,
                new RunService.Measures(kafka.partitions(), config.maximumRowsPerRun()),
                clock);
    }

    @Produces
    @Singleton
    Tracking tracking(ControlConfig config, SecretSettings secret) {
        return new HttpTracking(
                config.trackingUrl(), new ServiceKey(secret.key(), ServiceKey.TRACKING), config.trackingTimeout());
    }

    @Produces
    @Singleton
    RunRecords runRecords(
            SyncRuns runs, Syncs syncs, SourceItems items, Tracking tracking, ControlConfig config, Clock clock) {
        return new RunRecords(runs, syncs, items, tracking, Wiring::bucket, config.exportLinkLifetime(), clock);
    }

    @Produces
    @Singleton
    QuarantineService quarantineService(Syncs syncs, SourceItems items, QuarantinedRecords records) {
        return new QuarantineService(syncs, items, records);
    }

    private static OptionalLong bucket(SyncRun run) {
        return run.tracking().bucketId().map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
