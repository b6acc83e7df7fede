/** Names of destination fields made from those of source columns (MAP-8). */
package io.sluice.mapping.engine.name;
