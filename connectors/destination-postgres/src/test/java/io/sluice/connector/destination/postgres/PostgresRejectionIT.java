package io.sluice.connector.destination.postgres;

import static io.sluice.connector.destination.postgres.TestDatabase.ALONE;
import static io.sluice.connector.destination.postgres.TestDatabase.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.AttemptResult.Accepted;
import io.sluice.connector.destination.AttemptResult.Rejected;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.OperationKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every record gets its own word, whatever else is in its batch (RTY-3, RTY-6, BEH-15, BEH-16, MAP-5). */
class PostgresRejectionIT {
    private static final List<String> FIELDS = List.of("id", "email", "age", "country");
    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        database.execute(
                """
                create table countries (code text primary key);
                create table people (id int primary key, email text unique, age int check (age < 150),
                    country text references countries, note text default 'none', seen timestamptz default now());
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if new.email = 'trigger' then
                        raise exception 'no thanks, %', new.id using errcode = 'SL042';
                    end if;
                    return new;
                end $$;
                create trigger refusal before insert on people for each row execute function refuse();
                """);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.execute("truncate people, countries; insert into countries values ('cz'), ('pt')");
    }

    @Test
    void tenBadRecordsOfAThousandAreRejectedEachForItsOwnReason() throws Exception {
        database.execute("insert into people (id, email) values (100000, 'taken@example.com')");
        List<DestinationRecord> records = new ArrayList<>();
        for (int id = 0; id < 1_000; id++) {
            records.add(
                    switch (id) {
                        case 0 -> sent(id, "a0", "old", "cz");
                        case 7 -> sent(id, "a7", 151, "cz");
                        case 123 -> sent(id, "taken@example.com", 1, "cz");
                        case 124 -> sent(id, "a124", 1, "atlantis");
                        case 500 -> sent(id, "trigger", 1, "pt");
                        case 501 -> sent(id, "zero\0byte", 1, "pt");
                        case 640 -> sent(id, "a640", 3_000_000_000L, "pt");
                        case 998 -> sent(id, "a998", "", "pt");
                        case 999 -> sent("nine", "a999", 1, "pt");
                        case 333 -> sent(id, "a332", 1, "pt");
                        default -> sent(id, "a" + id, id % 100, id % 2 == 0 ? "cz" : null);
                    });
        }

        List<AttemptResult> results = perRecord(database.write("public.people", OperationKind.UPSERT, FIELDS, records));

        assertReason(results, 0, "invalid input syntax for type integer: \"old\" (column age)");
        assertReason(
                results,
                7,
                "new row for relation \"people\" violates check constraint \"people_age_check\" DETAIL: Failing row");
        assertReason(
                results,
                123,
                "duplicate key value violates unique constraint \"people_email_key\" DETAIL: Key (email)="
                        + "(taken@example.com) already exists.");
        assertReason(
                results,
                124,
                "insert or update on table \"people\" violates foreign key constraint \"people_country_fkey\" DETAIL: "
                        + "Key (country)=(atlantis) is not present in table \"countries\".");
        assertReason(results, 333, "duplicate key value violates unique constraint \"people_email_key\"");
        assertReason(results, 500, "no thanks, 500");
        assertReason(results, 501, "invalid byte sequence for encoding \"UTF8\": 0x00");
        assertReason(results, 640, "value \"3000000000\" is out of range for type integer (column age)");
        assertReason(results, 998, "invalid input syntax for type integer: \"\" (column age)");
        assertReason(results, 999, "invalid input syntax for type integer: \"nine\" (column id)");
        Set<Integer> rejected = new TreeSet<>();
        for (int index = 0; index < results.size(); index++) {
            if (results.get(index) instanceof Rejected) {
                rejected.add(index);
            }
        }
        assertThat(rejected).containsExactly(0, 7, 123, 124, 333, 500, 501, 640, 998, 999);
        assertThat(database.row(
                        "select count(*), count(*) filter (where email = 'a' || id) from people where id < 1000"))
                .containsExactly("990", "990");
    }

    @Test
    void aBatchOfNothingButBadRecordsIsRejectedRecordByRecord() throws Exception {
        List<DestinationRecord> records = new ArrayList<>();
        for (int id = 0; id < 300; id++) {
            records.add(sent(id, "a" + id, id % 2 == 0 ? "x" + id : "200", "cz"));
        }

        List<AttemptResult> results = perRecord(database.write("public.people", OperationKind.UPSERT, FIELDS, records));

        for (int id = 0; id < 300; id++) {
            assertReason(
                    results,
                    id,
                    id % 2 == 0
                            ? "invalid input syntax for type integer: \"x" + id + "\" (column age)"
                            : "new row for relation \"people\" violates check constraint \"people_age_check\"");
        }
        assertThat(database.row("select count(*) from people")).containsExactly("0");
    }

    @Test
    void aMissingRequiredValueIsRejected() throws Exception {
        database.execute("create table if not exists strict (id int primary key, v text not null)");

        assertReason(
                perRecord(database.write(
                        "public.strict", OperationKind.UPSERT, List.of("id", "v"), List.of(sent(1, (Object) null)))),
                0,
                "null value in column \"v\" of relation \"strict\" violates not-null constraint");
    }

    @Test
    void constraintsThatWaitForTheCommitAreBlamedOnTheirRecord() throws Exception {
        database.execute(
                """
                drop table if exists late;
                create table late (id int primary key, email text unique deferrable initially deferred)
                """);

        List<AttemptResult> results = perRecord(database.write(
                "public.late",
                OperationKind.UPSERT,
                List.of("id", "email"),
                List.of(sent(1, "a"), sent(2, "b"), sent(3, "a"), sent(4, "c"))));

        assertThat(results.stream().map(Rejected.class::isInstance)).containsExactly(false, false, true, false);
        assertReason(results, 2, "duplicate key value violates unique constraint \"late_email_key\"");
        assertReason(
                perRecord(database.write(
                        "public.late", OperationKind.UPSERT, List.of("id", "email"), List.of(sent(5, "a")))),
                0,
                "duplicate key value violates unique constraint \"late_email_key\"");
    }

    @Test
    void rowSecurityRejectsTheRecordAndNotTheRun() throws Exception {
        database.execute(
                """
                drop table if exists secured;
                create table secured (id int primary key, owner text);
                create policy mine on secured using (true) with check (owner = 'me');
                alter table secured enable row level security;
                alter table secured force row level security
                """);

        List<AttemptResult> results = perRecord(database.write(
                "public.secured",
                OperationKind.UPSERT,
                List.of("id", "owner"),
                List.of(sent(1, "me"), sent(2, "you"))));

        assertThat(results.get(0)).isEqualTo(Accepted.PLAIN);
        assertReason(results, 1, "new row violates row-level security policy for table \"secured\"");
    }

    @Test
    void anUpdateOfWhatIsNotThereIsRejectedWithAStableReason() throws Exception {
        database.execute("insert into people (id, email, age) values (1, 'one', 1), (3, 'three', 3)");

        List<AttemptResult> results = perRecord(database.write(
                "public.people",
                OperationKind.UPDATE,
                List.of("id", "age"),
                List.of(sent(1, 11), sent(2, 22), sent(3, 33), sent(4, "x"))));

        assertThat(results.subList(0, 3))
                .containsExactly(Accepted.PLAIN, new Rejected("no matching record in the destination"), Accepted.PLAIN);
        assertReason(results, 3, "invalid input syntax for type integer: \"x\"");
        assertThat(database.rows("select id, email, age from people order by id"))
                .containsExactly(List.of("1", "one", "11"), List.of("3", "three", "33"));
    }

    @Test
    void anInsertLeavesWhatIsThereAlone() throws Exception {
        database.execute("insert into people (id, email, age) values (1, 'one', 1)");

        List<AttemptResult> results = perRecord(database.write(
                "public.people",
                OperationKind.INSERT,
                List.of("id", "email", "age"),
                List.of(sent(1, "changed", 2), sent(2, "two", 2), sent(3, "one", 3))));

        assertThat(results.subList(0, 2)).containsExactly(new Accepted(Optional.of("skipped: exists")), Accepted.PLAIN);
        assertReason(results, 2, "duplicate key value violates unique constraint \"people_email_key\"");
        assertThat(database.rows("select id, email from people order by id"))
                .containsExactly(List.of("1", "one"), List.of("2", "two"));
    }

    @Test
    void fieldsLeftAloneKeepTheirValueOrGetTheirDefault() throws Exception {
        database.execute(
                "insert into people (id, email, age, note) values (1, 'one', 1, 'kept'), (2, 'two', 2, 'kept')");

        assertThat(database.write(
                        "public.people",
                        OperationKind.UPSERT,
                        List.of("id", "email", "age", "note"),
                        List.of(
                                sent(1, "new one", ALONE, ALONE),
                                sent(2, ALONE, null, "new note"),
                                sent(3, "three", 3, ALONE),
                                sent(4, "four", ALONE, ALONE),
                                sent(5, ALONE, ALONE, ALONE))))
                .isEqualTo(new BatchResult.AllAccepted());

        assertThat(database.rows("select id, email, age, note from people order by id"))
                .containsExactly(
                        List.of("1", "new one", "1", "kept"),
                        java.util.Arrays.asList("2", "two", null, "new note"),
                        List.of("3", "three", "3", "none"),
                        java.util.Arrays.asList("4", "four", null, "none"),
                        java.util.Arrays.asList("5", null, null, "none"));
    }

    @Test
    void theIdentifierAloneIsEnough() throws Exception {
        List<String> id = List.of("id");
        List<DestinationRecord> records = List.of(sent(1), sent(2));

        assertThat(database.write("public.people", OperationKind.UPSERT, id, records))
                .isEqualTo(new BatchResult.AllAccepted());
        assertThat(database.write("public.people", OperationKind.UPSERT, id, records))
                .isEqualTo(new BatchResult.AllAccepted());
        assertThat(perRecord(database.write("public.people", OperationKind.UPDATE, id, List.of(sent(2), sent(3)))))
                .containsExactly(Accepted.PLAIN, new Rejected(BatchJob.NO_MATCH));
    }

    @Test
    void twoTextsOfOneKeyBothEndUpInItsRow() throws Exception {
        assertThat(database.write(
                        "public.people",
                        OperationKind.UPSERT,
                        List.of("id", "age"),
                        List.of(sent("1", 10), sent("01", 20), sent("2", 30))))
                .isEqualTo(new BatchResult.AllAccepted());
        assertThat(database.rows("select id, age from people order by id"))
                .containsExactly(List.of("1", "20"), List.of("2", "30"));
    }

    @Test
    void aDeleteRemovesRowsByTheirKeyAndAcceptsWhatIsGone() throws Exception {
        database.execute("insert into people (id) values (1), (2), (3)");

        assertThat(database.write(
                        "public.people",
                        OperationKind.DELETE,
                        List.of("id", "email"),
                        List.of(sent("1", ALONE), sent("3", ALONE), sent("99", ALONE))))
                .isEqualTo(new BatchResult.AllAccepted());
        assertThat(database.rows("select id from people")).containsExactly(List.of("2"));
    }

    @Test
    @DisplayName(
            "BEH-9: a mirror that nulls leaves record and identifier, and a record that is gone already is no failure")
    void removalsCanSetNulls() throws Exception {
        database.execute("insert into people (id, email, age, note) values (1, 'a', 30, 'mine'), (2, 'b', 31, 'mine')");
        WritePlan plan = new WritePlan("public.people", "id", FIELDS, 1, 2, MirrorStrategy.UPDATES_AND_NULLS);

        BatchResult result;
        try (DestinationWriter writer = database.connection().openWriter(plan)) {
            result = writer.write(new DestinationBatch(
                    OperationKind.DELETE, List.of(sent(1, ALONE, ALONE, ALONE), sent(99, ALONE, ALONE, ALONE))));
        }

        assertThat(result).isInstanceOf(BatchResult.AllAccepted.class);
        assertThat(database.rows("select id, email, age, note from people order by id"))
                .containsExactly(Arrays.asList("1", null, null, "mine"), List.of("2", "b", "31", "mine"));
    }

    @Test
    @DisplayName("BEH-15: missing_on_update=skip accepts an update without a match and says so")
    void updatesWithoutAMatchCanBeSkipped() throws Exception {
        database.execute("insert into people (id, email) values (1, 'a')");
        try (DestinationConnection skipping =
                        TestDatabase.open(database.database(), Map.of("missing_on_update", "skip"));
                DestinationWriter writer =
                        skipping.openWriter(TestDatabase.plan("public.people", List.of("id", "email")))) {
            BatchResult result =
                    writer.write(new DestinationBatch(OperationKind.UPDATE, List.of(sent(1, "b"), sent(2, "c"))));

            assertThat(perRecord(result))
                    .containsExactly(Accepted.PLAIN, new Accepted(Optional.of("skipped: no matching record")));
        }
    }

    private static List<AttemptResult> perRecord(BatchResult result) {
        assertThat(result).isInstanceOf(BatchResult.PerRecord.class);
        return ((BatchResult.PerRecord) result).results();
    }

    private static void assertReason(List<AttemptResult> results, int index, String start) {
        assertThat(results.get(index)).as("record " + index).isInstanceOf(Rejected.class);
        assertThat(((Rejected) results.get(index)).reason())
                .as("record " + index)
                .startsWith(start);
    }
}
