package io.sluice.connector.destination.postgres;

/**
 * One column that gets the key of the row its value finds (DST-7).
 *
 * @param column the column that is written
 * @param type its type, as a cast names it
 * @param table where the value is looked up
 * @param by the column there that the value is compared with
 * @param byType its type without a length, in which values are staged: a value that is too long finds nothing
 * @param key the column there whose value is written
 */
record ValueLookup(TableColumn column, String type, TableName table, TableColumn by, String byType, String key) {}
