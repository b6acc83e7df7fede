package io.sluice.configdocs;

import java.util.List;
import java.util.regex.Pattern;

/** Javadoc and table text as Markdown. */
final class Markdown {
    private static final Pattern CODE = Pattern.compile("\\{@code\\s+([^{}]*)}");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+([^\\s{}]+)(?:\\s+([^{}]*))?}");
    private static final Pattern BLOCK_TAGS = Pattern.compile("(?m)^\\s*@(param|return|throws|see|since)\\b[\\s\\S]*");
    private static final Pattern TAG = Pattern.compile("</?(p|ul|ol|li|b|i|em|strong|code|pre)>");
    private static final Pattern WHITE = Pattern.compile("\\s+");

    private Markdown() {}

    /** Javadoc's main description as one paragraph of Markdown. */
    static String text(String javadoc) {
        String text = BLOCK_TAGS.matcher(javadoc).replaceAll("");
        text = CODE.matcher(text).replaceAll("`$1`");
        text = LINK.matcher(text).replaceAll(match -> {
            String label = match.group(2) == null ? match.group(1) : match.group(2);
            String name = label.startsWith("#") ? label.substring(1) : label.replace('#', '.');
            return java.util.regex.Matcher.quoteReplacement("`" + name + "`");
        });
        text = TAG.matcher(text).replaceAll(" ");
        return WHITE.matcher(text).replaceAll(" ").strip();
    }

    /** One row of a table. */
    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells.stream().map(Markdown::cell).toList()) + " |\n";
    }

    /** Head of a table. */
    static String head(String... titles) {
        return row(List.of(titles)) + "|" + "---|".repeat(titles.length) + "\n";
    }

    /** Code, or nothing for an empty text. */
    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
