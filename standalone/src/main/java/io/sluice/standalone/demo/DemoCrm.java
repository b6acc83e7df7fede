package io.sluice.standalone.demo;

import io.sluice.embedded.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The demo's destination: the database of a business tool, with rules of its own about what it accepts. */
final class DemoCrm {
    private static final String TABLES =
            """
            create table contacts (
              external_id bigint primary key,
              email text not null constraint email_has_an_at_sign check (email like '%@%'),
              name text, country text, note text, points integer, subscribed boolean, customer_since date);
            create table deals (
              deal_number text primary key, contact_id bigint, stage text,
              amount numeric(12, 2) constraint amount_is_not_negative check (amount >= 0),
              items jsonb, opened_at timestamptz)
            """;

    private DemoCrm() {}

    static void create(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }
}
