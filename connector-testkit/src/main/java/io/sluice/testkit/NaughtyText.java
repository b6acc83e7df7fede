package io.sluice.testkit;

import java.util.List;

/** Texts that break software which quotes, trims, splits or re-encodes where it should not. */
public final class NaughtyText {
    private NaughtyText() {}

    /** All of them; distinct, none contains U+0000 (PostgreSQL cannot store it). */
    public static List<String> all() {
        return List.of(
                "",
                " ",
                "  leading and trailing  ",
                "NULL",
                "null",
                "\\N",
                "\\.",
                "undefined",
                "0",
                "-0",
                "1E400",
                "true",
                "'",
                "''",
                "\"",
                "\\",
                "\\\\",
                "\\\"",
                "O'Reilly; DROP TABLE customers; --",
                "${jndi:ldap://127.0.0.1/a}",
                "{{ 7 * 7 }}",
                "<script>alert('x')</script>",
                "comma,semicolon;pipe|tab\tquote\"",
                "line\nbreak\r\nand\u000Bvertical",
                "\u0001\u0002\u001B[31m\u007F",
                "\u0085\u2028\u2029\uFEFF",
                "Straße, Łódź, Ångström, ñandú",
                "e\u0301 is not \u00E9",
                "İstanbul ıi ß ẞ",
                "مرحبا بالعالم",
                "שלום \u202Eedoc\u202C",
                "日本語テキスト、한국어, 中文",
                "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
                "\uD83D\uDE00",
                "𝓤𝓷𝓲𝓬𝓸𝓭𝓮 𠜎𠜱",
                "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
                "\uFFFD\uFFFE\uFFFF",
                "a".repeat(100_000),
                "😀\"\\\n".repeat(5_000));
    }
}
