package io.sluice.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Parts;
import io.sluice.testsupport.RealParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generated warehouse has what the story promises, and the destination's real rules agree with the model's. */
@RealParts(RealParts.Part.POSTGRES)
final class DemoWarehouseIT {
    @Test
    void theStoryHasAllThatItPromises() throws Exception {
        DemoWarehouse warehouse = new DemoWarehouse(Parts.postgres().newDatabase("warehouse"));
        warehouse.create();
        ExpectedDestination contacts = model(DemoSync.customers());
        ExpectedDestination deals = model(DemoSync.orders());

        RunCounts customersFirst = contacts.run(DemoSync.customers().sourceRows(warehouse.database()));
        RunCounts ordersFirst = deals.run(DemoSync.orders().sourceRows(warehouse.database()));
        assertThat(customersFirst.source()).isEqualTo(DemoWarehouse.CUSTOMERS);
        assertThat(ordersFirst.source()).isEqualTo(DemoWarehouse.ORDERS);
        assertThat(List.of(customersFirst, ordersFirst)).allSatisfy(counts -> {
            assertThat(counts.invalid()).isBetween(10L, 100L);
            assertThat(counts.rejected()).isBetween(10L, 100L);
            assertThat(counts.accepted()).isGreaterThan(counts.source() * 9 / 10);
        });

        warehouse.change();
        RunCounts customers = contacts.run(DemoSync.customers().sourceRows(warehouse.database()));
        RunCounts orders = deals.run(DemoSync.orders().sourceRows(warehouse.database()));
        assertThat(customers.deletes()).isZero();
        assertThat(customers.accepted()).isBetween(50L, 200L);
        assertThat(customers.rejected()).isLessThan(customersFirst.rejected());
        assertThat(orders.deletes()).isPositive();
        assertThat(orders.invalid()).isLessThan(ordersFirst.invalid());
        assertThat(contacts.rows()).extracting(row -> row.values().get(2)).anySatisfy(name -> assertThat(name)
                .containsPattern("[\\p{IsArabic}\\p{IsHebrew}]"));
        assertThat(contacts.rows()).extracting(row -> row.values().get(4)).anySatisfy(note -> assertThat(note)
                .contains("👨‍👩‍👧‍👦"));
    }

    private static ExpectedDestination model(DemoSync sync) {
        return new ExpectedDestination(sync.isMirror(), sync.acceptable());
    }

    @Test
    void theSameContentEveryTime() throws Exception {
        DemoWarehouse one = new DemoWarehouse(Parts.postgres().newDatabase("one"));
        DemoWarehouse two = new DemoWarehouse(Parts.postgres().newDatabase("two"));
        one.create();
        two.create();
        assertThat(DemoSync.customers().sourceRows(one.database()))
                .containsExactlyInAnyOrderElementsOf(DemoSync.customers().sourceRows(two.database()));
    }

    @Test
    void theModelRejectsWhatTheCrmRejects() throws Exception {
        DemoWarehouse warehouse = new DemoWarehouse(Parts.postgres().newDatabase("warehouse"));
        warehouse.create();
        PostgresDatabase crm = Parts.postgres().newDatabase("crm");
        DemoCrm.create(crm);
        assertThat(DemoSync.orders().destinationRows(crm)).isEmpty();
        try (Connection connection = crm.connect();
                Statement statement = connection.createStatement();
                ResultSet rules =
                        statement.executeQuery("select count(*) from pg_constraint where contype = 'c' and conname in"
                                + " ('email_has_an_at_sign', 'amount_is_not_negative')")) {
            assertThat(rules.next()).isTrue();
            assertThat(rules.getInt(1)).isEqualTo(2);
        }
        assertThat(DemoSync.orders().sourceRows(warehouse.database()).stream()
                        .filter(DemoSync.orders().acceptable().negate()))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.values().get(3)).startsWith("-"));
    }
}
