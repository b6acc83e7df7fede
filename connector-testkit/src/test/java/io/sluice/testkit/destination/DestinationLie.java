package io.sluice.testkit.destination;

/** A way in which a destination connector can be wrong, and the test of the contract that must notice. */
enum DestinationLie {
    DROPS_THE_LAST_RECORD("upsertCreatesAndUpdates"),
    STORES_TWICE("upsertCreatesAndUpdates"),
    SWAPS_THE_ORDER_OF_RESULTS("aRejectedRecordDoesNotStopTheOthers"),
    ANSWERS_FEWER_RESULTS("aRejectedRecordDoesNotStopTheOthers"),
    ACCEPTS_WHAT_IT_REFUSED("aRejectedRecordDoesNotStopTheOthers"),
    REJECTS_WHAT_IT_STORED("aRejectedRecordDoesNotStopTheOthers"),
    STOPS_AT_THE_FIRST_BAD_RECORD("aRejectedRecordDoesNotStopTheOthers"),
    REFUSES_THOUGH_IT_CLAIMS_TO_REPORT("aBatchRefusedAsAWholeChangedNothing"),
    KEEPS_PART_OF_A_REFUSED_BATCH("aBatchRefusedAsAWholeChangedNothing"),
    STORES_WHEN_CLOSED("acceptedMeansDurableBeforeAnythingIsClosed"),
    TRIMS_TEXT("naughtyTextArrivesUnchanged"),
    ROUNDS_NUMBERS("numbersKeepEveryDigit"),
    STORES_NULL_AS_EMPTY_TEXT("nullsAreSentAsNulls"),
    KEEPS_A_VALUE_THAT_BECAME_NULL("aNullClearsAField"),
    CLEARS_WHAT_IS_LEFT_OUT("aValueLeftOutLeavesTheFieldAlone"),
    FOLDS_CASE_OF_IDENTIFIERS("naughtyIdentifiersStayApart"),
    MENDS_THE_NULL_CHARACTER("theNullCharacterIsStoredOrRejected"),
    OVERWRITES_WHAT_IT_SHOULD_KEEP("aFieldThatIsNotEmptyIsKeptWhereThatIsAsked"),
    TAKES_MODES_IT_DOES_NOT_CLAIM("modesThatAreNotClaimedAreRefused"),
    CREATES_ON_UPDATE("updateChangesButNeverCreates"),
    OVERWRITES_ON_INSERT("insertCreatesButNeverModifies"),
    SKIPS_INSERTS_WITHOUT_A_WORD("insertCreatesButNeverModifies"),
    DELETES_NOTHING("deleteRemovesWhatIsNamedAndNothingElse"),
    DELETES_EVERYTHING("deleteRemovesWhatIsNamedAndNothingElse"),
    REJECTS_A_REPEATED_DELETE("theSameBatchAgainChangesNothing"),
    ACCEPTS_KINDS_IT_DOES_NOT_CLAIM("kindsThatAreNotClaimedFailAndChangeNothing"),
    ACCEPTS_UNKNOWN_OBJECTS("unknownObjectIsNamed"),
    ACCEPTS_UNKNOWN_FIELDS("unknownFieldIsNamedUnlessAnyFieldIsClaimed"),
    FAILS_ON_FULL_BATCHES("everyClaimedBatchSizeWorks"),
    CLAIMS_LESS_THAN_A_CONNECTION_TAKES("limitsOfAConnectionStayWithinTheClaims"),
    ACCEPTS_DURING_AN_OUTAGE("anOutageIsNotAnAcceptance"),
    CHECK_ALWAYS_PASSES("checkNamesWhatIsWrongAndSkipsTheRest"),
    TELLS_THE_PASSWORD("checkNamesWhatIsWrongAndSkipsTheRest"),
    LOOKS_NOTHING_UP("aLookedUpValueBecomesTheKeyOfWhatItFinds"),
    STORES_WHAT_IT_DID_NOT_FIND("aLookupThatFindsNothingRejectsItsRecordOnly"),
    GUESSES_AMBIGUOUS_LOOKUPS("aLookupThatFindsSeveralRejectsItsRecordOnly"),
    TAKES_LOOKUPS_IT_DOES_NOT_CLAIM("lookupsThatAreNotClaimedAreRefused"),
    LISTS_OBJECTS_IN_NO_ORDER("listsObjectsInOrderWithTheirFields");

    private final String caughtBy;

    DestinationLie(String caughtBy) {
        this.caughtBy = caughtBy;
    }

    String caughtBy() {
        return caughtBy;
    }
}
