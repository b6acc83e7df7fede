package io.sluice.mapping.engine.liquid;

/** Ends a rendering from within liqp's nodes. Its message is ours and holds nothing of the record. */
final class RenderStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RenderStop(String message) {
        super(message, null, false, false);
    }
}
