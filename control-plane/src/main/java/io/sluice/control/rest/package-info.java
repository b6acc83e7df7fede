/** The public API: paths, envelopes, codes and field names of census-api sections 1 to 3, and nothing else. */
package io.sluice.control.rest;
