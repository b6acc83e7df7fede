package io.sluice.control.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/**
 * Writes down what is there now, so that it can be listed when it is deleted (FCT-8). Whoever deletes something calls this
 * first. Joins the caller's transaction.
 */
@ApplicationScoped
public class RememberedFacts {
    private static final String UPDATE = " on conflict (kind, id) do update set word = excluded.word, name ="
            + " excluded.name, label = excluded.label, deleted = false";
    private static final String SOURCE_OBJECTS =
            "insert into fact (kind, id, organization_id, workspace_id, parent_id, word, name, label, deleted)"
                    + " select 'source_object', i.id, w.organization_id, w.id, i.source_id, i.kind, coalesce(i.name,"
                    + " i.table_catalog || '.' || i.table_schema || '.' || i.table_name), null, false"
                    + " from source_item i join source s on s.id = i.source_id join workspace w on w.id ="
                    + " s.workspace_id where (i.kind = 'model' or exists (select 1 from sync y where y.source_item_id ="
                    + " i.id)) and ";
    private static final String DESTINATIONS =
            "insert into fact (kind, id, organization_id, workspace_id, parent_id, word, name, label, deleted)"
                    + " select 'destination', d.id, w.organization_id, w.id, null, d.type, d.name, null, false"
                    + " from destination d join workspace w on w.id = d.workspace_id where ";
    private static final String DESTINATION_OBJECTS =
            "insert into fact (kind, id, organization_id, workspace_id, parent_id, word, name, label, deleted)"
                    + " select 'destination_object', i.id, w.organization_id, w.id, d.id, d.type, i.full_name,"
                    + " coalesce(i.definition ->> 'label', i.full_name), false"
                    + " from destination_item i join destination d on d.id = i.destination_id join workspace w on w.id"
                    + " = d.workspace_id where exists (select 1 from sync y where y.destination_item_id = i.id) and ";

    private final EntityManager entities;

    public RememberedFacts(EntityManager entities) {
        this.entities = entities;
    }

    /** Everything of a workspace. */
    void ofWorkspace(long workspaceId) {
        remember("w.id = ?1", workspaceId);
    }

    /** Everything of an organization. */
    void ofOrganization(long organizationId) {
        remember("w.organization_id = ?1", organizationId);
    }

    private void remember(String whose, long id) {
        for (String statement : new String[] {SOURCE_OBJECTS, DESTINATIONS, DESTINATION_OBJECTS}) {
            entities.createNativeQuery(statement + whose + UPDATE)
                    .setParameter(1, id)
                    .executeUpdate();
        }
    }
}
