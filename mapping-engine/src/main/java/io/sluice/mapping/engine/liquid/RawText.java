package io.sluice.mapping.engine.liquid;

/** Text that is inserted as it is, also where text is escaped (filter {@code raw}, LIQ-3). */
record RawText(String text) implements CharSequence {
    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return text.subSequence(from, to);
    }

    @Override
    public String toString() {
        return text;
    }
}
