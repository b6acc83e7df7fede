/** Pages of collections (API-2). */
package io.sluice.control.page;
