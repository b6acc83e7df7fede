/** Real parts for {@code @QuarkusTest} classes. */
package io.sluice.testsupport.quarkus;
