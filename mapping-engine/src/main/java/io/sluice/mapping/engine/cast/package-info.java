/** Making values fit the type of their destination field (MAP-13 to MAP-15): planned once, applied to each record. */
package io.sluice.mapping.engine.cast;
