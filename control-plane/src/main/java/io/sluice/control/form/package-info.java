/** Reads JSON request bodies leniently where old clients are sloppy, and notes every problem at once. */
package io.sluice.control.form;
