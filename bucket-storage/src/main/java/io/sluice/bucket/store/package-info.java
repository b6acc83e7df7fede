/** The kinds of object stores a bucket may be in: their settings as data, how one is opened, how one is tested. */
package io.sluice.bucket.store;
