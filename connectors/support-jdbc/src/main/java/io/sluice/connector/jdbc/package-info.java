/**
 * What the connectors that speak JDBC share: the settings of a PostgreSQL connection, opening it, testing it step by
 * step, telling errors apart and quoting names. No connector logic.
 */
package io.sluice.connector.jdbc;
