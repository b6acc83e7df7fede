/** The command line of {@code ./sluice up} and {@code ./sluice demo}. */
package io.sluice.standalone.cli;
