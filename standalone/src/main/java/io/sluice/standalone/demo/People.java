package io.sluice.standalone.demo;

import java.util.List;
import java.util.Random;

/** Believable people of many languages; the same for the same seed. */
final class People {
    private static final List<Region> REGIONS = List.of(
            new Region(
                    "United Kingdom",
                    List.of("Amelia", "Oliver", "Isla", "George", "Freya", "Noah", "Niamh", "Callum"),
                    List.of("Hughes", "O'Brien", "Patel", "Smith-Jones", "Fletcher", "MacLeod")),
            new Region(
                    "Germany",
                    List.of("Jürgen", "Zoë", "Anneliese", "Björn", "Käthe", "Lukas"),
                    List.of("Müller", "Groß", "von der Heide", "Schröder", "Weiß")),
            new Region(
                    "Poland",
                    List.of("Łukasz", "Żaneta", "Grażyna", "Wojciech"),
                    List.of("Wójcik", "Kowalczyk", "Śliwińska", "Dąbrowski")),
            new Region(
                    "Brazil",
                    List.of("João", "Antônia", "Conceição", "Luís"),
                    List.of("da Conceição", "Gonçalves", "Araújo", "Brandão")),
            new Region(
                    "Egypt",
                    List.of("أحمد", "فاطمة", "محمد", "ليلى", "يوسف"),
                    List.of("عبد الرحمن", "السيد", "حسن", "الشريف")),
            new Region("Israel", List.of("נועה", "דוד", "תמר", "יוסף"), List.of("כהן", "לוי", "בן־דוד", "שפירא")),
            new Region("Japan", List.of("さくら", "太郎", "陽菜", "蓮"), List.of("佐藤", "鈴木", "高橋", "渡辺")),
            new Region(
                    "India",
                    List.of("आरव", "दीया", "Priya", "Rohan"),
                    List.of("शर्मा", "Iyer", "Chattopadhyay", "सिंह")),
            new Region("Greece", List.of("Ελένη", "Γιώργος", "Νίκος"), List.of("Παπαδοπούλου", "Νικολαΐδης")),
            new Region("Ukraine", List.of("Оксана", "Тарас", "Зоряна"), List.of("Шевченко", "Коваленко", "Бойко")));

    private static final List<String> NOTES = List.of(
            "prefers e-mail ✉️",
            "VIP 🌟 since 2019",
            "asked for \"gift wrap\", twice",
            "family plan 👨‍👩‍👧‍👦",
            "speaks العربية and English",
            "call after 17:00; not on Fridays",
            "loves our café ☕",
            "flag on request: 🏴‍☠️",
            "line one\nline two");

    private final Random random;

    private record Region(String country, List<String> firstNames, List<String> lastNames) {}

    /**
     * One person.
     *
     * @param name full name
     * @param country country in English
     * @param note a remark of the sales team, or {@code null}
     */
    record Person(String name, String country, String note) {}

    People(Random random) {
        this.random = random;
    }

    Person next() {
        Region region = any(REGIONS);
        String name = any(region.firstNames()) + " " + any(region.lastNames());
        String note = random.nextInt(3) == 0 ? any(NOTES) : null;
        return new Person(name, region.country(), note);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
