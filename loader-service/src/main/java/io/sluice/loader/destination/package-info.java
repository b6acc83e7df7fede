/** The lane's connection to its destination: opened when needed, replaced when its settings change. */
package io.sluice.loader.destination;
