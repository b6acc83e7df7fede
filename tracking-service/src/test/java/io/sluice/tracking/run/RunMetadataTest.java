package io.sluice.tracking.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunMetadataTest {

    @Test
    void theDocumentHasTheKeysOfTrk29() {
        String document =
                StandardCharsets.UTF_8.decode(RunMetadata.document(Plans.of(3))).toString();

        assertThat(document)
                .isEqualTo(
                        """
                {
                  "organization_id" : 1,
                  "workspace_id" : 11,
                  "sync_configuration_id" : 2,
                  "sync_run_id" : 3,
                  "source" : {
                    "type" : "postgres",
                    "connection_id" : 21,
                    "object_type" : "table",
                    "object_id" : 22
                  },
                  "destination" : {
                    "type" : "webhook",
                    "connection_id" : 31,
                    "object_type" : "endpoint",
                    "object_id" : 32
                  },
                  "started_at" : "2026-11-21T08:00:00.500Z",
                  "record_payload_schema" : {
                    "active" : "boolean",
                    "id" : "number",
                    "Größe \\"L\\"" : "string",
                    "tags" : "array"
                  },
                  "format_version" : 1
                }
                """);
    }
}
