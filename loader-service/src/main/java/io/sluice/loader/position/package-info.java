/** How far a partition's work has got, and how that survives a crash in the committed offset's metadata. */
package io.sluice.loader.position;
