package io.sluice.connector.source.postgres;

import io.sluice.connector.source.AcceptedChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What several changes come to, each identifier once, so that one statement per kind does it.
 *
 * @param dropped identifiers
 * @param stored identifier to fingerprint; null when nobody knows
 * @param doubted identifier to the fingerprint that is doubted; null for any
 */
record NetChanges(List<String> dropped, Map<String, byte[]> stored, Map<String, byte[]> doubted) {

    static NetChanges of(List<AcceptedChange> changes) {
        Map<String, AcceptedChange> net = new LinkedHashMap<>();
        changes.forEach(change -> net.merge(change.identifier(), change, NetChanges::then));
        NetChanges all = new NetChanges(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (AcceptedChange change : net.values()) {
            switch (change) {
                case AcceptedChange.Stored(String identifier, byte[] fingerprint) ->
                    all.stored.put(identifier, fingerprint);
                case AcceptedChange.Dropped(String identifier) -> all.dropped.add(identifier);
                case AcceptedChange.Doubted(String identifier, byte[] fingerprint) ->
                    all.doubted.put(identifier, fingerprint);
            }
        }
        return all;
    }

    private static AcceptedChange then(AcceptedChange first, AcceptedChange second) {
        if (!(second instanceof AcceptedChange.Doubted(String identifier, byte[] doubted))) {
            return second;
        }
        return switch (first) {
            case AcceptedChange.Stored(String same, byte[] stored) ->
                doubted == null || Arrays.equals(doubted, stored) ? new AcceptedChange.Stored(identifier, null) : first;
            case AcceptedChange.Dropped dropped -> dropped;
            case AcceptedChange.Doubted(String same, byte[] earlier) ->
                // two doubts of different fingerprints: the wider one costs at most a record that is sent once more
                Arrays.equals(doubted, earlier) ? first : new AcceptedChange.Doubted(identifier, null);
        };
    }
}
