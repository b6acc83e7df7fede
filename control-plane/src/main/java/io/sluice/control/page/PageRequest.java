package io.sluice.control.page;

/**
 * Which part of a collection is wanted (census-api 2.3).
 *
 * @param number 1-based page number
 * @param size entries per page, 1 to 100
 * @param ascending oldest first; otherwise newest first
 */
public record PageRequest(int number, int size, boolean ascending) {
    /** Entries per page when the caller does not say. */
    public static final int DEFAULT_SIZE = 25;

    /** Larger wishes are cut down to this, never refused. */
    public static final int MAXIMUM_SIZE = 100;

    public PageRequest {
        if (number < 1 || size < 1 || size > MAXIMUM_SIZE) {
            throw new IllegalArgumentException("page " + number + " of size " + size);
        }
    }

    /** Reads the query parameters; whatever makes no sense counts as absent. */
    public static PageRequest of(String page, String perPage, String order) {
        int number = positive(page, 1);
        int size = Math.min(positive(perPage, DEFAULT_SIZE), MAXIMUM_SIZE);
        return new PageRequest(number, size, "asc".equalsIgnoreCase(order));
    }

    /** Position of the first entry in the whole collection. */
    public long offset() {
        return (number - 1L) * size;
    }

    private static int positive(String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.strip());
            return value < 1 ? otherwise : (int) Math.min(value, Integer.MAX_VALUE);
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }
}
