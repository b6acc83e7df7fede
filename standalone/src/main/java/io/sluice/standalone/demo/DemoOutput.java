package io.sluice.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Prints for a person: lines, a progress line that renews itself on a terminal (and shows up now and then in a log
 * file), and tables. Not thread-safe.
 */
public final class DemoOutput {
    private static final long LOG_PROGRESS_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private String shown = "";
    private long shownAt;

    /** Prints to this stream; {@code terminal} says that a person watches and lines can be renewed. */
    public DemoOutput(PrintStream out, boolean terminal) {
        this.out = Objects.requireNonNull(out);
        this.terminal = terminal;
    }

    /** One line. */
    public void line(String text) {
        endProgress();
        out.println(text);
        out.flush();
    }

    /** What is going on now; replaces what this method showed before. */
    void progress(String text) {
        if (text.equals(shown)) {
            return;
        }
        if (terminal) {
            out.print(CLEAR_LINE + text);
        } else {
            if (System.nanoTime() - shownAt < LOG_PROGRESS_EVERY_NANOS) {
                return;
            }
            out.println(text);
        }
        out.flush();
        shown = text;
        shownAt = System.nanoTime();
    }

    void endProgress() {
        if (terminal && !shown.isEmpty()) {
            out.print(CLEAR_LINE);
        }
        shown = "";
    }

    /** A table: the first column to the left, numbers to the right. */
    void table(List<String> header, List<List<String>> rows) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            widths[column] = Math.max(
                    header.get(column).length(),
                    rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0));
        }
        line(format(header, widths));
        rows.forEach(row -> line(format(row, widths)));
    }

    private static String format(List<String> cells, int[] widths) {
        StringBuilder text = new StringBuilder("  ");
        for (int column = 0; column < widths.length; column++) {
            String pattern = column == 0 ? "%-" + widths[column] + "s" : "  %" + widths[column] + "s";
            text.append(pattern.formatted(cells.get(column)));
        }
        return text.toString().stripTrailing();
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
