package io.sluice.standalone.demo;

import io.sluice.embedded.PostgresDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;

/**
 * The demo's warehouse: customers and orders as a shop's warehouse has them, with the flaws that real ones have. The
 * same content on every computer.
 */
final class DemoWarehouse {
    static final int CUSTOMERS = 5_000;
    static final int ORDERS = 20_000;
    private static final long SEED = 20_261_121;
    private static final LocalDateTime OPENING = LocalDateTime.of(2024, 3, 1, 9, 0);
    private static final List<String> STATUSES = List.of("paid", "shipped", "delivered", "returned");

    private static final String TABLES =
            """
            create table customers (
              customer_id bigint, email text, full_name text, country text, note text,
              loyalty_points integer not null, is_subscribed boolean not null, signed_up_on date not null);
            create table orders (
              order_number text, customer_id bigint, status text not null, total numeric(12, 2) not null,
              items jsonb not null, placed_at timestamptz not null)
            """;

    private final PostgresDatabase database;
    private final Random random = new Random(SEED);
    private final People people = new People(random);

    DemoWarehouse(PostgresDatabase database) {
        this.database = database;
    }

    PostgresDatabase database() {
        return database;
    }

    /** Makes the tables and fills them, for the first run. */
    void create() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLES);
            }
            insertCustomers(connection, 1, CUSTOMERS);
            insertOrders(connection, 1, ORDERS);
            makeFlaws(connection);
            connection.commit();
        }
    }

    private void insertCustomers(Connection connection, int first, int count) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into customers values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int id = first; id < first + count; id++) {
                People.Person person = people.next();
                insert.setLong(1, id);
                insert.setString(2, "customer" + id + "@example.com");
                insert.setString(3, person.name());
                insert.setString(4, person.country());
                insert.setString(5, person.note());
                insert.setInt(6, random.nextInt(5_000));
                insert.setBoolean(7, random.nextBoolean());
                insert.setObject(8, LocalDate.of(2019, 1, 1).plusDays(random.nextInt(2_500)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void insertOrders(Connection connection, int first, int count) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into orders values (?, ?, ?, ?, ?::jsonb, ?::timestamp at time zone 'UTC')")) {
            for (int number = first; number < first + count; number++) {
                int units = 1 + random.nextInt(5);
                insert.setString(1, orderNumber(number));
                insert.setLong(2, 1 + random.nextInt(CUSTOMERS));
                insert.setString(3, STATUSES.get(random.nextInt(STATUSES.size())));
                insert.setBigDecimal(4, BigDecimal.valueOf(500L + random.nextInt(200_000), 2));
                insert.setString(5, "[{\"sku\": \"SKU-%03d\", \"units\": %d}]".formatted(random.nextInt(400), units));
                insert.setString(
                        6, OPENING.plusMinutes(random.nextInt(1_400_000)).toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String orderNumber(int number) {
        return "SO-%07d".formatted(number);
    }

    /** What real tables have: missing and repeated keys, and values that the destination does not take. */
    private static void makeFlaws(Connection connection) throws SQLException {
        execute(
                connection,
                """
                update customers set customer_id = null where customer_id % 400 = 7;
                update customers set customer_id = customer_id + 1 where customer_id % 500 = 11;
                update customers set email = replace(email, '@', ' at ') where customer_id % 250 = 3;
                update orders set order_number = null where right(order_number, 3) = '077';
                update orders set order_number = 'SO-0000500' where order_number between 'SO-0000501' and 'SO-0000504';
                update orders set total = -total where right(order_number, 3) = '123'
                """);
    }

    /** A day later: some rows changed, some came, some went, some were mended. */
    void change() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            execute(
                    connection,
                    """
                    update customers set loyalty_points = loyalty_points + 100 where customer_id % 100 = 42;
                    update customers set full_name = full_name || ' 💍' where customer_id % 1000 = 500;
                    update customers set email = replace(email, ' at ', '@') where customer_id in (3, 253, 503);
                    delete from customers where customer_id % 500 = 99;
                    update orders set status = 'delivered' where status = 'shipped' and right(order_number, 2) = '10';
                    delete from orders where status = 'returned' and right(order_number, 2) = '20';
                    delete from orders where order_number = 'SO-0000500' and ctid not in
                      (select min(ctid) from orders where order_number = 'SO-0000500')
                    """);
            insertCustomers(connection, CUSTOMERS + 1, 25);
            insertOrders(connection, ORDERS + 1, 60);
            connection.commit();
        }
    }

    private static void execute(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : statements.split(";\n")) {
                statement.execute(one);
            }
        }
    }
}
