/** Real parts for tests as containers. */
package io.sluice.testsupport.docker;
