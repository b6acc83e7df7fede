/** One batch to its end: call, retry, split, until each record has its final word (RTY-1 to RTY-11). */
package io.sluice.loader.dispatch;
