/** PostgreSQL behind the ports of the core: entities, repositories, and the outbox. Nothing else sees an entity. */
package io.sluice.control.store;
