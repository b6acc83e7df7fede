/** What an operator may set, and how the parts are put together. */
package io.sluice.control.config;
