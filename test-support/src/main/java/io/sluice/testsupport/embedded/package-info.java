/** Real parts for tests as child processes. */
package io.sluice.testsupport.embedded;
