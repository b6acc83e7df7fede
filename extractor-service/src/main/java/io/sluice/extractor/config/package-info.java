/** What an operator may set. */
package io.sluice.extractor.config;
