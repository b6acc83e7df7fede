package io.sluice.testkit.source;

/** A way in which a source connector can be wrong, and the test of the contract that must notice. */
enum SourceLie {
    LEAVES_THE_FIRST_DUPLICATE_UNMARKED("everyRowOfADuplicatedIdentifierIsMarked"),
    MARKS_NO_DUPLICATES("allRowsMayBeDuplicatesOfOneAnother"),
    DROPS_DUPLICATES("allRowsMayBeDuplicatesOfOneAnother"),
    DROPS_NULL_IDENTIFIERS("nullIdentifiersComeThroughUnmarked"),
    NAMES_NULL_IDENTIFIERS("nullIdentifiersComeThroughUnmarked"),
    MARKS_NULLS_AS_DUPLICATES("nullIdentifiersComeThroughUnmarked"),
    FOLDS_CASE("identifiersAreComparedExactly"),
    TRIMS_IDENTIFIERS("naughtyIdentifiersSurvive"),
    WRITES_KEYS_IN_TABLE_ORDER("isCompactJsonWithKeysInTheOrderAskedFor"),
    WRITES_BLANKS("isCompactJsonWithKeysInTheOrderAskedFor"),
    LEAVES_NULLS_OUT("isCompactJsonWithKeysInTheOrderAskedFor"),
    FORGETS_THE_SCALE("isCompactJsonWithKeysInTheOrderAskedFor"),
    ROUNDS_LARGE_NUMBERS("isCompactJsonWithKeysInTheOrderAskedFor"),
    ESCAPES_NOTHING("naughtyTextSurvives"),
    READS_ALL_COLUMNS("holdsOnlyTheColumnsAskedFor"),
    WRITES_DIFFERENTLY_EACH_TIME("isTheSameEveryTime"),
    SKIPS_ROWS_OF_QUERIES("aQueryGivesWhatItsTableGives"),
    READS_MISSING_COLUMNS_AS_NULL("missingColumnsAreNamedBeforeAnythingIsRead"),
    FINDS_UNKNOWN_TABLES("unknownTablesAreNamed"),
    RUNS_INVALID_QUERIES("invalidQueriesAreRefused"),
    LISTS_NO_TABLES("listsTablesInOrder"),
    DESCRIBES_COLUMNS_ALPHABETICALLY("describesColumnsInNaturalOrder"),
    CHECK_ALWAYS_PASSES("checkNamesWhatIsWrongAndSkipsTheRest"),
    SEES_CHANGES("changesDuringTheReadAreNotSeen"),
    KEEPS_ALL_ROWS_IN_MEMORY("memoryDoesNotGrowWithRows"),
    REUSES_ITS_ARRAY("payloadsBelongToTheReceiver"),
    IGNORES_STOP("stopsWhenNoMoreRowsAreWanted"),
    IGNORES_INTERRUPTS("stopsWhenItsThreadIsInterrupted"),
    CLEARS_INTERRUPTS("stopsWhenItsThreadIsInterrupted"),
    ENDS_QUIETLY_WHEN_CLOSED("closingTheConnectionEndsAReadWithAnError"),
    LEAVES_SESSIONS_OPEN("stopsWhenNoMoreRowsAreWanted"),
    JOINS_WITHOUT_ESCAPING("aCompoundKeyIsTheTextOfItsColumns"),
    JOINS_NULLS_TOO("aCompoundKeyWithAMissingPartIsNull"),
    LEAVES_COMPOUND_KEYS_OUT("aCompoundKeyIsPartOfThePayload");

    private final String caughtBy;

    SourceLie(String caughtBy) {
        this.caughtBy = caughtBy;
    }

    String caughtBy() {
        return caughtBy;
    }
}
