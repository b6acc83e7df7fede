/** What this process sent of a source before, as a hint that spares unchanged rows the whole way. Nothing relies on it. */
package io.sluice.extractor.known;
