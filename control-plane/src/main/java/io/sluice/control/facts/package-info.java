/** What the fact tables hold: source objects, destinations and destination objects, also those that are deleted (FCT). */
package io.sluice.control.facts;
