/**
 * Liquid templates as the value of a field (LIQ-1 to LIQ-8): checked when they are written, rendered record by record, and
 * strict in both. The language is liqp's; what must be exact, strict or bounded is ours.
 */
package io.sluice.mapping.engine.liquid;
