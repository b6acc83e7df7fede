/** The HTTP door for other services of the installation: questions about the rows of runs. Not public. */
package io.sluice.tracking.rest;
