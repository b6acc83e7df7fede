/** A small client of the public HTTP API, as any user would write one. */
package io.sluice.standalone.api;
