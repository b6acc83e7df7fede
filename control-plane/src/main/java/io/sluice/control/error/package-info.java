/** The catalogue of everything a user of the API can meet when it says no. */
package io.sluice.control.error;
