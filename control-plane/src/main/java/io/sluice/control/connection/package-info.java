/** Sources and destinations: what is stored about them, their credentials and their tests (SRC-19, SEC-2). */
package io.sluice.control.connection;
