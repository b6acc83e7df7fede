/** What an operator may set. */
package io.sluice.differ.config;
