/** Fact tables: what the control plane publishes, as Parquet files under {@code metadata/ORG_ID/} (section 16). */
package io.sluice.tracking.facts;
