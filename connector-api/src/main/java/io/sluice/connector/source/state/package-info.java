/**
 * The optional capability of a source to keep a sync's accepted state itself (state mode {@code WAREHOUSE}): the diff is
 * computed where the data is, and only what differs leaves it (requirements SRC-8, ENG-5).
 */
package io.sluice.connector.source.state;
