/** Credentials at rest and on the wire: always encrypted, bound to the connection they belong to (SEC-1). */
package io.sluice.support.secret;
